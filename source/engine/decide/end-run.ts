import type {Happening} from '../model/events.ts';
import type {Program} from '../model/program.ts';
import type {Lane, RunState} from '../model/state.ts';
import {isThrough} from '../queries/progress.ts';
import {stoppedLooking, truthOf} from '../queries/region-truth.ts';
import {stoppedRegions} from '../queries/stopped-lanes.ts';
import {resultMessage, resultSections} from '../scope/run-result.ts';

/** Nothing is left to do: either all is done, or something stands in the way. */
export function ending(program: Pick<Program, 'runbook'>, state: RunState): Happening {
  const found = resultSections(program, state);
  const result = found.length === 0 ? {} : {result: found};
  if (isThrough(state)) {
    const message = resultMessage(program, state) ?? resultOf(state);
    return {type: 'run-ended', status: 'done', message, ...result};
  }
  const {fault} = state.account;
  if (fault !== undefined) return {type: 'run-ended', status: 'failed', message: fault.message};
  const stopped = stoppedRegions(state);
  const refused = stopped.find((lane) => lane.fault?.kind !== 'unsafe' && !stoppedLooking(state, lane));
  if (refused?.fault !== undefined) {
    const message = `${refused.region}: ${refused.fault.message}`;
    return {type: 'run-ended', status: 'failed', message};
  }
  const message = `${inTheWay(state, stopped)}: nothing account-wide was done`;
  return {type: 'run-ended', status: 'blocked', message, ...result};
}

/** Says the result of a run that is through: the effect that a later check saw, or the number of changes. */
function resultOf({steps, account, changes}: RunState): string {
  const reached = steps.flatMap(({id, outcome}) =>
    outcome !== undefined &&
    account.results[id] !== undefined &&
    account.results[outcome.step]?.status === 'succeeded'
      ? [outcome.reached]
      : [],
  );
  if (reached.length > 0) return reached.join('; ');
  if (!steps.some(({does}) => does === 'change')) return 'every check is done';
  const made = changes.length;
  if (made === 0) return 'nothing had to be changed';
  return made === 1 ? '1 change is made' : `${made} changes are made`;
}

/** Returns the obstacles to account-wide steps: Regions in use, or blind spots. */
function inTheWay(state: RunState, stopped: readonly Lane[]): string {
  const inUse = stopped.filter((lane) => truthOf(state, lane) === 'in-use');
  const blind = stopped.filter((lane) => truthOf(state, lane) !== 'in-use').map(({region}) => region);
  return [
    ...inUse.map(useText),
    ...(blind.length === 0 ? [] : [`could not look at ${blind.join(', ')}`]),
  ].join('; ');
}

function useText({region, usage, fault}: Lane): string {
  const [named] = usage;
  const said = named === undefined ? '' : `AWS says that ${named.resource} uses it; `;
  return `${region} is in use: ${said}${fault?.message ?? ''}`;
}
