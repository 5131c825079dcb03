import type {WaiverQuestion} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {truthOf} from '../../engine/queries/region-truth.ts';
import {heldUntil} from '../../engine/queries/held-until.ts';
import {waitsUntil} from '../../engine/queries/waits.ts';
import {stoppedLanes} from '../../engine/queries/stopped-lanes.ts';
import {waivableRegions} from '../../wording/blocked-help.ts';
import {faultText} from '../../wording/fault-text.ts';

/** Result of a steering key: commands, the question of a waiver, or a notice. */
type Steered = {readonly commands: readonly Command[]} | {readonly waive: string} | {readonly notice: string};

/** The rows that a steering key may be about: those that are to be seen. */
export interface Aim {
  /** The Region under the keyboard. */
  readonly selected?: string | undefined;
  /** Some Regions are filtered out: a key acts on the chosen row alone. */
  readonly filtered: boolean;
  /** The Regions of one line with one cause, when the keyboard is on it. */
  readonly several?: readonly string[];
}

/** A key that steers: its action, and whether it is possible now. */
export interface Steering {
  /** `now` is in ms since the epoch. */
  readonly enabled: (state: RunState, aim: Aim, now: number) => boolean;
  readonly steer: (state: RunState, aim: Aim, now: number) => Steered;
}

export const pause: Steering = {
  enabled: isGoing,
  steer: (state) => ({commands: [{do: state.paused === undefined ? 'pause' : 'continue'}]}),
};

/** Shortest wait that is worth a key (ms). */
const leastWait = 1000;

export const hasten: Steering = {
  // Looks follow each other closely: a hint for each would come and go.
  enabled: (state, _, now) =>
    isGoing(state) && state.paused === undefined && heldUntil(state, now) !== undefined,
  steer(state, _, now) {
    if (state.paused !== undefined) return {notice: 'The run is paused: p goes on.'};
    return isGoing(state) && waitsUntil(state) - now >= leastWait
      ? {commands: [{do: 'hasten'}]}
      : {notice: 'Nothing waits for a time that could be cut short.'};
  },
};

export const retry: Steering = {
  enabled: (state) => isGoing(state) && stoppedLanes(state).length > 0,
  steer(state, aim) {
    const failed = (aim.several ?? []).filter((region) => state.lanes.get(region)?.fault !== undefined);
    if (failed.length > 0) return {commands: failed.map((region) => ({do: 'retry', region}))};
    const target = targetOf(state, aim);
    return target === undefined ? unclear(state, aim) : {commands: [{do: 'retry', ...target}]};
  },
};

export const retryAll: Steering = {
  enabled: (state) => isGoing(state) && stoppedLanes(state).length > 1,
  steer: (state) => ({
    commands: stoppedLanes(state).map(({region}) => ({
      do: 'retry',
      ...(region === undefined ? {} : {region}),
    })),
  }),
};

export const skip: Steering = {
  enabled(state, aim) {
    const target = targetOf(state, aim);
    const step = target === undefined ? undefined : laneOf(state, target)?.faultStep;
    return isGoing(state) && state.steps.some(({id, skippable}) => id === step && skippable === true);
  },
  steer(state, aim) {
    const target = targetOf(state, aim);
    return target === undefined ? unclear(state, aim) : {commands: [{do: 'skip', ...target}]};
  },
};

export const waive: Steering = {
  enabled: (state) => isGoing(state) && waivableRegions(state).length > 0,
  steer(state, {selected, filtered, several}) {
    const unknown = waivableRegions(state);
    const [only] = unknown;
    if (several !== undefined && unknown.length > 1)
      return {notice: 'Space lists these Regions: each is waived by its own name.'};
    if (selected !== undefined && unknown.includes(selected)) return {waive: selected};
    if (unknown.length === 1 && only !== undefined && !filtered) return {waive: only};
    return unknown.length === 0 || (filtered && selected !== undefined)
      ? {notice: notWaivable(state, selected)}
      : {notice: chooseFirst};
  },
};

function isGoing({started, ended, interrupted}: RunState): boolean {
  return started !== undefined && ended === undefined && interrupted === undefined;
}

/** The lane that a key is about: the chosen Region's, or the only one that something stopped. */
type Target = {readonly region?: string};

function targetOf(state: RunState, {selected, filtered}: Aim): Target | undefined {
  if (selected !== undefined && state.lanes.get(selected)?.fault !== undefined) return {region: selected};
  const stopped = stoppedLanes(state);
  const [only] = stopped;
  // The account's steps come after every Region's, so there is no doubt which is meant.
  if (state.account.fault !== undefined) return {};
  if (stopped.length !== 1 || only?.region === undefined || filtered) return undefined;
  return {region: only.region};
}

function laneOf(state: RunState, {region}: Target): RunState['account'] | undefined {
  return region === undefined ? state.account : state.lanes.get(region);
}

/** Only unknowns of a Region can be waived; a known use has to end. */
function notWaivable(state: RunState, selected: string | undefined): string {
  const lane = selected === undefined ? undefined : state.lanes.get(selected);
  return lane?.fault !== undefined && truthOf(state, lane) === 'in-use'
    ? `${selected} is known to be in use: it cannot be waived.`
    : 'Only a Region that could not be checked can be waived.';
}

const chooseFirst = 'Choose the Region first, with ↑ and ↓.';

function unclear(state: RunState, {selected, filtered}: Aim): Steered {
  if (stoppedLanes(state).length === 0) return {notice: 'Nothing has failed.'};
  return {
    notice:
      filtered && selected !== undefined
        ? `Nothing has failed in ${selected}; Esc shows every Region.`
        : chooseFirst,
  };
}

/** Text to type to waive a Region. */
export function waiverQuestion(state: RunState, region: string): WaiverQuestion {
  const fault = state.lanes.get(region)?.fault;
  const why = fault === undefined ? '' : `\nIt could not be checked: ${faultText(fault)}.`;
  return {
    kind: 'waiver',
    message:
      `Go on without ${region}?${why}\n` +
      'Its resources stay unknown, and steps for the whole account no longer wait for it. ' +
      'The waiver is written to the journal with your name for it.',
    changes: [],
    typeToConfirm: region,
  };
}
