import type {Json} from '../../data/json.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {LaneMap} from '../model/lane-map.ts';
import {oncePer} from '../persistent/memoize.ts';
import type {Lane, RunState} from '../model/state.ts';

/**
 * Builds the variables of expressions in a lane. In a Region, `steps` holds the outputs of that Region and of the
 * account. In the account's lane, a Region step has `byRegion` instead, a list of `{region, output}`.
 * `now` (ms since the epoch) is the time that `now()` gives.
 */
export function scopeOf(
  state: RunState,
  lane: Lane,
  item: Json = null,
  now: number = timeIn(state, lane),
): Scope {
  const started = state.started;
  const variables: Record<string, Json> = {
    inputs: started?.inputs ?? {},
    steps: stepsOf(state, lane),
    account: {
      id: started?.identity.account ?? '',
      partition: started?.identity.partition ?? '',
      alias: started?.identity.alias ?? '',
    },
    caller: started?.identity.arn ?? '',
    item,
    ...(lane.region === undefined ? {} : {region: lane.region}),
  };
  return {root: variables, variables, now};
}

/**
 * The time that a lane's expressions go by: when it began its present step, else the latest event. Both are in the
 * journal, and neither passes while a step is worked on: all pages of a list are asked for with one time.
 */
function timeIn(state: RunState, {current}: Lane): number {
  return current?.startedAt ?? state.now;
}

/** Builds the same variables with a response as the root. The rest stays within reach as `$inputs`, `$steps`, …. */
export function answerScope(state: RunState, lane: Lane, item: Json, answer: Json, now?: number): Scope {
  return {...scopeOf(state, lane, item, now), root: answer};
}

function stepsOf(state: RunState, lane: Lane): Json {
  const steps: Record<string, Json> = {};
  for (const {id, scope} of state.steps) {
    if (scope === 'account' || lane.region !== undefined) {
      const result = (scope === 'account' ? state.account : lane).results[id];
      if (result?.output !== undefined) steps[id] = {output: result.output};
    } else {
      steps[id] = {byRegion: byRegion(state.lanes, id)};
    }
  }
  return steps;
}

/** Outputs of lanes by step. They stay the same while the account works item after item. */
const listsOf = oncePer<LaneMap<Lane>, Map<string, Json>>(() => new Map());

function byRegion(lanes: LaneMap<Lane>, step: string): Json {
  const lists = listsOf(lanes);
  const list = lists.get(step) ?? outputsOf(lanes, step);
  lists.set(step, list);
  return list;
}

function outputsOf(lanes: LaneMap<Lane>, step: string): Json {
  return [...lanes].flatMap((lane) => {
    const output = lane.results[step]?.output;
    return output === undefined || lane.region === undefined ? [] : [{region: lane.region, output}];
  });
}
