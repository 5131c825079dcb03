import {defined} from '../../data/defined.ts';
import {worksOf} from '../evolve/active-steps.ts';
import type {ItemProgress, PendingCall, RunState} from '../model/state.ts';

/** A change that was sent and may have happened. */
export type UnsettledChange = Pick<PendingCall, 'region' | 'step' | 'item' | 'operation'>;

/**
 * Returns the changes whose answers are missing. These are in flight, or had a try without an answer and wait for the
 * next one or were given up.
 */
export function unsettledChanges(state: RunState): readonly UnsettledChange[] {
  const underWay = state.calls.filter(({effect}) => effect === 'change');
  const unanswered = [state.account, ...state.lanes].flatMap((lane) =>
    worksOf(lane).flatMap(({step, items}) =>
      [...items].filter(isUnsettled).map(({key, change}) => ({
        step,
        item: key,
        operation: change ?? '',
        ...defined({region: lane.region}),
      })),
    ),
  );
  const isUnderWay = (one: UnsettledChange): boolean =>
    underWay.some(({region, step, item}) => region === one.region && step === one.step && item === one.item);
  return [...underWay, ...unanswered.filter((one) => !isUnderWay(one))];
}

function isUnsettled({status, unsettled}: ItemProgress): boolean {
  return unsettled === true && status !== 'done';
}
