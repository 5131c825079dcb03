import type {Json} from '../../data/json.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Happening} from '../model/events.ts';
import type {Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import {changeOf} from '../model/program.ts';
import {reachedBy} from '../evolve/active-steps.ts';
import type {ItemProgress, StepProgress} from '../model/state.ts';
import {batchCount, batchStop, isInBatches} from '../queries/batches.ts';
import {findingsOf} from '../outcome/findings.ts';
import {failStep} from '../outcome/on-failure.ts';
import {summaryOf} from '../scope/step-summary.ts';
import type {Turn} from './turn.ts';

/** The end of a step whose items are all done. Throws ExpressionError. */
export function succeed(
  {program, state, lane}: Turn,
  step: Step,
  progress: StepProgress,
): readonly Happening[] {
  const outputs = [...progress.items].map(({output}) => output ?? null);
  const output: Json = step.forEach === undefined ? (outputs[0] ?? null) : outputs;
  const place = placeOf(lane, step.id);
  const changes = changeOf(program, step) !== undefined;
  const {number, found} = findingsOf(state, lane, step, changes, output);
  const inUse = step.column === undefined ? undefined : number;
  const count = changes ? reachedBy(progress) : number;
  const caught = step.forEach === undefined ? [...progress.items].find(({notMade}) => notMade) : undefined;
  // What the runbook says of an answer is not true of what a catch gave instead.
  const summary = caught === undefined ? summaryOf(state, lane, step, output) : caught.note;
  const unlooked = [...progress.items].find((item) => item.unlooked !== undefined)?.unlooked;
  return [
    {
      type: 'step-succeeded',
      output,
      ...(unlooked === undefined ? {} : {unlooked}),
      ...(summary === undefined ? {} : {summary}),
      ...(count === undefined ? {} : {count}),
      ...(inUse === undefined ? {} : {inUse}),
      ...(found === undefined ? {} : {found}),
      ...place,
    },
  ];
}

/** Decides the fate of a step whose item failed. Throws ExpressionError. */
export function fail(
  {state, lane, now}: Turn,
  step: Step,
  progress: StepProgress,
  item: ItemProgress,
): readonly Happening[] {
  const fault = item.fault ?? {kind: 'transient', name: 'Unknown', message: 'no reason is known'};
  const cause = {fault: withStop(fault, progress), usage: item.usage ?? []};
  return failStep(state, lane, step, cause, now);
}

/** The fault of an item, with the words on a step in batches that it stopped. */
function withStop(fault: Fault, progress: StepProgress): Fault {
  const stop = isInBatches(progress) ? batchStop(progress) : undefined;
  if (stop === undefined || !isInBatches(progress)) return fault;
  const {batch, items} = progress;
  const done = reachedBy(progress);
  const of = `batch ${batch.at + 1} of ${batchCount(batch, items.length)}`;
  const why = stop.canary ? 'a canary failed' : stop.failures === 1 ? '1 failed' : `${stop.failures} failed`;
  return {...fault, message: `${fault.message}; stopped in ${of}: ${why}, ${done} of ${items.length} done`};
}
