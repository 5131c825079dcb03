import type {Json} from '../../data/json.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Happening} from '../model/events.ts';
import {placeOf} from '../model/place.ts';
import {changeOf} from '../model/program.ts';
import {reachedBy} from '../evolve/active-steps.ts';
import type {ItemProgress, StepProgress} from '../model/state.ts';
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
export function fail({state, lane, now}: Turn, step: Step, item: ItemProgress): readonly Happening[] {
  const fault = item.fault ?? {kind: 'transient', name: 'Unknown', message: 'no reason is known'};
  return failStep(state, lane, step, {fault, usage: item.usage ?? []}, now);
}
