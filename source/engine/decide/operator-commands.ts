import {byId} from '../../data/by-id.ts';
import type {Happening} from '../model/events.ts';
import type {Program} from '../model/program.ts';
import type {Lane, RunState} from '../model/state.ts';
import {unknownRegions} from '../queries/region-truth.ts';
import {waitsUntil} from '../queries/waits.ts';

/** Commands of an operator to a running run. Without a Region, the account's lane is meant. */
export type Command =
  | {readonly do: 'pause'}
  | {readonly do: 'continue'}
  | {readonly do: 'hasten'}
  | {readonly do: 'retry'; readonly region?: string}
  | {readonly do: 'waive'; readonly region: string; readonly typed: string}
  | {readonly do: 'skip'; readonly region?: string};

/** The events that a command amounts to: none when it does not apply to how things stand. */
export function steer(program: Program, state: RunState, command: Command, by: string): readonly Happening[] {
  if (state.started === undefined || state.ended !== undefined || state.interrupted !== undefined) return [];
  switch (command.do) {
    case 'pause':
      return state.paused === undefined ? [{type: 'paused', why: 'operator'}] : [];
    case 'continue':
      return state.paused === undefined ? [] : [{type: 'continued', by}];
    case 'hasten':
      return waitsUntil(state) > state.now && state.paused === undefined ? [{type: 'hastened', by}] : [];
    case 'retry':
      return isGoingOn(laneOf(state, command.region))
        ? []
        : [{type: 'retried', by, ...(command.region === undefined ? {} : {region: command.region})}];
    case 'waive':
      return waive(state, command, by);
    default:
      return skip(program, state, command.region, by);
  }
}

function laneOf(state: RunState, region: string | undefined): Lane | undefined {
  return region === undefined ? state.account : state.lanes.get(region);
}

function isGoingOn(lane: Lane | undefined): boolean {
  return lane?.fault === undefined && lane?.waived === undefined;
}

/** Only a Region that could not be looked at can be waived, and only by its exact name. */
function waive(state: RunState, command: Extract<Command, {do: 'waive'}>, by: string): readonly Happening[] {
  const {region, typed} = command;
  const unknown = unknownRegions(state).some((lane) => lane.region === region);
  return unknown && typed === region ? [{type: 'waived', region, by, typed}] : [];
}

/** Only a step that failed, and that the runbook lets be skipped. */
function skip(
  program: Program,
  state: RunState,
  region: string | undefined,
  by: string,
): readonly Happening[] {
  const step = byId(program.runbook.steps, laneOf(state, region)?.faultStep);
  if (step?.skippable !== true) return [];
  const place = region === undefined ? {step: step.id} : {step: step.id, region};
  return [{type: 'step-skipped', why: 'skipped by the operator', by, ...place}];
}
