import type {Json} from '../../data/json.ts';
import {evaluateMembers} from '../../runbook/expression/template.ts';
import {conditionsOf} from '../../runbook/language/conditions.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {CallRequest} from '../model/ports.ts';
import {modelIn, type Program} from '../model/program.ts';
import {
  refuseEmptyLists,
  refuseIncomplete,
  refuseMisfit,
  refuseUnsafe,
  requestFault,
} from './unsafe-request.ts';

/** Reads with which a run begins whatever the answers are: those of the account, and those of each Region. */
export interface KnownReads {
  readonly account: readonly CallRequest[];
  inRegion(region: string): readonly CallRequest[];
}

type Inputs = {readonly [name: string]: Json};

/**
 * The reads of the first steps whose requests follow from the inputs alone: they may be sent before the run begins.
 * What comes after a question or a change is left out: a look from before says nothing about then.
 */
export function knownReads(program: Pick<Program, 'runbook' | 'operations'>, inputs: Inputs): KnownReads {
  const {steps} = program.runbook;
  const reads = (step: Step): boolean =>
    step.action.kind === 'call' && modelIn(program, step, step.action.call).effect === 'read';
  const end = steps.findIndex((step) => !reads(step));
  const first = steps.slice(0, end < 0 ? undefined : end);
  const ofScope = (scope: Step['scope'], region?: string): readonly CallRequest[] =>
    first.filter((step) => step.scope === scope).flatMap((step) => readOf(program, step, inputs, region));
  return {account: ofScope('account'), inRegion: (region) => ofScope('region', region)};
}

/** The request of a step that has only one; none where more than the inputs has to be known for it. */
function readOf(
  program: Pick<Program, 'runbook' | 'operations'>,
  step: Step,
  inputs: Inputs,
  region: string | undefined,
): readonly CallRequest[] {
  const {action, forEach} = step;
  if (action.kind !== 'call' || conditionsOf(step).length > 0 || forEach !== undefined) return [];
  const model = modelIn(program, step, action.call);
  if (model.missing !== undefined) return [];
  const where = region === undefined ? {} : {region};
  const variables = {inputs, ...where};
  try {
    const given = action.with ?? {};
    const input = evaluateMembers(given, {root: variables, variables});
    // A member whose expression reaches nothing yet is left out.
    if (Object.keys(input).length < Object.keys(given).length) return [];
    refuseUnsafe(model.name, input);
    refuseEmptyLists(model, given, input);
    refuseMisfit(model, input);
    refuseIncomplete(model, input);
    return [{operation: model.name, input, ...where}];
  } catch (error) {
    // A request that cannot be made is the run's to report.
    requestFault(error);
    return [];
  }
}
