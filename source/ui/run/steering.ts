import type {RunQuestion} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {truthOf} from '../../engine/queries/region-truth.ts';
import {stoppedLanes} from '../../engine/queries/stopped-lanes.ts';
import type {Action, Ability} from '../keyboard/bindings.ts';
import {waivableRegions} from '../../wording/blocked-help.ts';
import {faultText} from '../../wording/fault-text.ts';

/** What a steering key comes to: commands, the question of a waiver, or what the operator should know instead. */
export type Steered =
  {readonly commands: readonly Command[]} | {readonly waive: string} | {readonly notice: string};

/** What can be steered as things stand; `selected` is the Region that the keyboard is on. */
export function abilities(state: RunState, selected: string | undefined): ReadonlySet<Ability> {
  const able = new Set<Ability>();
  if (state.started === undefined || state.ended !== undefined || state.interrupted !== undefined)
    return able;
  able.add('pause');
  const stopped = stoppedLanes(state);
  if (stopped.length > 0) able.add('retry');
  if (stopped.length > 1) able.add('retry-all');
  if (waivableRegions(state).length > 0) able.add('waive');
  const target = targetOf(state, selected);
  const step = target === undefined ? undefined : laneOf(state, target)?.faultStep;
  if (state.steps.some(({id, skippable}) => id === step && skippable === true)) able.add('skip');
  return able;
}

/** The lane that a key is about: the chosen Region's, or the only one that something stopped. */
type Target = {readonly region?: string};

function targetOf(state: RunState, selected: string | undefined): Target | undefined {
  if (selected !== undefined && state.lanes.get(selected)?.fault !== undefined) return {region: selected};
  const stopped = stoppedLanes(state);
  const [only] = stopped;
  // The account's steps come after every Region's, so there is no doubt which is meant.
  if (state.account.fault !== undefined) return {};
  if (stopped.length !== 1 || only?.region === undefined) return undefined;
  return {region: only.region};
}

function laneOf(state: RunState, {region}: Target): RunState['account'] | undefined {
  return region === undefined ? state.account : state.lanes.get(region);
}

/** What a steering key does. Undefined for a key that does not steer. */
export function steered(state: RunState, selected: string | undefined, action: Action): Steered | undefined {
  const target = targetOf(state, selected);
  switch (action) {
    case 'pause':
      return {commands: [{do: state.paused === undefined ? 'pause' : 'continue'}]};
    case 'retry':
      return target === undefined ? unclear(state) : {commands: [{do: 'retry', ...target}]};
    case 'retry-all':
      return {
        commands: stoppedLanes(state).map(({region}) => ({
          do: 'retry',
          ...(region === undefined ? {} : {region}),
        })),
      };
    case 'skip':
      return target === undefined ? unclear(state) : {commands: [{do: 'skip', ...target}]};
    case 'waive': {
      const unknown = waivableRegions(state);
      const [only] = unknown;
      if (selected !== undefined && unknown.includes(selected)) return {waive: selected};
      if (unknown.length === 1 && only !== undefined) return {waive: only};
      return unknown.length === 0
        ? {notice: notWaivable(state, selected)}
        : {notice: 'Choose the Region first, with ↑ and ↓.'};
    }
    default:
      return undefined;
  }
}

/** A Region is waived for what is not known of it; a use that is known has to end. */
function notWaivable(state: RunState, selected: string | undefined): string {
  const lane = selected === undefined ? undefined : state.lanes.get(selected);
  return lane?.fault !== undefined && truthOf(state, lane) === 'in-use'
    ? `${selected} is known to be in use: it cannot be waived.`
    : 'Only a Region that could not be looked at can be waived.';
}

function unclear(state: RunState): Steered {
  return stoppedLanes(state).length === 0
    ? {notice: 'Nothing has failed.'}
    : {notice: 'Choose the Region first, with ↑ and ↓.'};
}

/** What has to be typed to go on without a Region. */
export function waiverQuestion(state: RunState, region: string): RunQuestion {
  const fault = state.lanes.get(region)?.fault;
  const why = fault === undefined ? '' : `\nIt could not be looked at: ${faultText(fault)}.`;
  return {
    kind: 'type-text',
    step: '',
    message:
      `Go on without ${region}?${why}\n` +
      'What runs or is scheduled there stays unknown, and steps for the whole account no longer wait for it. ' +
      'The waiver is written to the journal with your name for it.',
    changes: [],
    typeToConfirm: region,
  };
}
