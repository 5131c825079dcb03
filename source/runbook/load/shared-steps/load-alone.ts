import type {Json} from '../../../data/json.ts';
import {hasMember, listIn, stepsOf, type ReadIncluded} from '../include.ts';
import {parseRunbook, readTogether, type LoadedRunbook} from '../load.ts';
import {parseYaml} from '../parse-yaml.ts';
import {reachedBeyond} from './from-runbook.ts';
import {rewrittenSteps} from './rewritten-steps.ts';

/** Reads a runbook's text, or that of a file of shared steps by itself. Throws InvalidRunbook. */
export function parseAny(file: string, text: string, readIncluded: ReadIncluded): LoadedRunbook {
  const parsed = parseYaml(file, text);
  if (!isSharedSteps(parsed.value)) return parseRunbook(file, text, readIncluded);
  const {steps, parameters} = listIn(parsed.value, parsed.positions);
  const names = Object.keys(parameters);
  // Each stands for any value: an `include` gives the one that there is.
  const values = new Map(names.map((name) => [name, `$parameters.${name}`] as const));
  const {places, ...rewritten} = rewrittenSteps(steps, parsed.positions, {
    steps: new Map(),
    parameters: values,
  });
  const value = {handrail: 1, name: 'shared-steps', title: 'Shared steps', steps: rewritten.steps};
  return readTogether(file, text, {value, places, included: []}, reachedBeyond(steps as Json[], names));
}

/** Returns true for a value that has steps and nothing that only a runbook has. */
function isSharedSteps(value: unknown): boolean {
  const steps = stepsOf(value);
  if (steps === undefined) return false;
  if (hasMember(value, 'parameters')) return !hasMember(value, 'name') && !hasMember(value, 'title');
  const others = Object.keys(value as object).filter((name) => name !== 'handrail' && name !== 'steps');
  return others.length === 0 && !steps.some((step) => hasMember(step, 'include') || hasMember(step, 'group'));
}
