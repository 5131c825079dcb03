import {indexById} from '../../data/by-id.ts';
import {firstAlongside} from '../../runbook/language/parallel-steps.ts';
import {without} from './lane-updates.ts';
import type {Lane, RunState, StepProgress} from '../model/state.ts';

/** The steps that a lane is in, in order: more than one where looks or waits go on at the same time. */
export function worksOf({current, beside = []}: Lane): readonly StepProgress[] {
  return current === undefined ? [] : [current, ...beside];
}

/** A step's progress in a lane; undefined when the lane is not in that step. */
export function workIn(lane: Lane | undefined, step: string): StepProgress | undefined {
  if (lane?.current?.step === step) return lane.current;
  return lane?.beside?.find((work) => work.step === step);
}

/** The lane with other steps under way. */
export function withWorks(lane: Lane, works: readonly StepProgress[]): Lane {
  const [current, ...beside] = works;
  const rest = without(lane, 'current', 'beside');
  if (current === undefined) return rest;
  return beside.length === 0 ? {...rest, current} : {...rest, current, beside};
}

/** The lane with a step begun: beside those that go on at the same time, in place of any other. */
export function withBegun(state: RunState, lane: Lane, work: StepProgress): Lane {
  const group = groupOf(state, work.step);
  const others = worksOf(lane).filter(({step}) => step !== work.step && groupOf(state, step) === group);
  return withWorks(lane, [...others, work]);
}

/** Index of the parallel group that a step belongs to. */
function groupOf({steps}: RunState, step: string): number {
  return firstAlongside(steps, indexById(steps, step));
}

/** Counts the items that a change was made for, or that already are as it wants them. */
export function reachedBy({items}: StepProgress): number {
  return [...items].filter(({status, notMade}) => status === 'done' && notMade !== true).length;
}
