import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateValue} from '../../runbook/expression/template.ts';
import type {Json} from '../../data/json.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {CallRequest} from '../model/ports.ts';
import type {Program} from '../model/program.ts';
import type {RequestMembers} from './build-request.ts';

/** Reads with which a run begins whatever the answers are: those of the account, and those of each Region. */
export interface KnownReads {
  readonly account: readonly CallRequest[];
  inRegion(region: string): readonly CallRequest[];
}

/**
 * The reads of the first steps whose requests follow from the inputs alone: they may be sent before the run begins.
 * What comes after a question or a change is left out: a look from before says nothing about then.
 */
export function knownReads(
  {runbook, operations}: Pick<Program, 'runbook' | 'operations'>,
  inputs: {readonly [name: string]: Json},
): KnownReads {
  const reads = (step: Step): boolean =>
    step.action.kind === 'call' && operations.get(step.action.call)?.effect === 'read';
  const end = runbook.steps.findIndex((step) => !reads(step));
  const first = runbook.steps.slice(0, end < 0 ? undefined : end);
  const ofScope = (scope: Step['scope'], region?: string): readonly CallRequest[] =>
    first.filter((step) => step.scope === scope).flatMap((step) => requestOf(step, inputs, region));
  return {account: ofScope('account'), inRegion: (region) => ofScope('region', region)};
}

/** The request of a step that has only one; none where more than the inputs has to be known for it. */
function requestOf(
  {action, when, forEach}: Step,
  inputs: {readonly [name: string]: Json},
  region: string | undefined,
): readonly CallRequest[] {
  if (action.kind !== 'call' || when !== undefined || forEach !== undefined) return [];
  const where = region === undefined ? {} : {region};
  const variables = {inputs, ...where};
  try {
    const given = action.with ?? {};
    const input = evaluateValue(given, {root: variables, variables}) as RequestMembers;
    // A member whose expression reaches nothing yet is left out.
    if (Object.keys(input).length < Object.keys(given).length) return [];
    return [{operation: action.call, input, ...where}];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [];
  }
}
