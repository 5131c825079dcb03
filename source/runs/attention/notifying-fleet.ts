import type {Json} from '../../data/json.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {ClockPort} from '../../engine/model/ports.ts';
import type {RunState} from '../../engine/model/state.ts';
import {initialFleet} from '../../fleet/state.ts';
import type {FleetView} from '../../ui/fleet/fleet-view.ts';
import {
  fleetNoticeLine,
  noticeOfAccount,
  noticeOfFleet,
  noticeOfStandstill,
  noticeOfWave,
} from './fleet-notice.ts';
import type {Notice} from './notice.ts';
import {calledWhenUnanswered} from './notifying-view.ts';

/** Returns the view, which also tells somebody when the fleet needs an operator and when it is over. */
export function notifyingFleet(view: FleetView, tell: (line: Json) => void, clock: ClockPort): FleetView {
  let fleet = initialFleet;
  /** Runs that can be steered, as they were last seen: any other one ends where it cannot go on. */
  const steered = new Map<string, RunState>();
  const {childSteering} = view;
  const say = (notice: Notice | undefined): void => {
    if (notice !== undefined) tell(fleetNoticeLine(notice, fleet, clock.now()));
  };
  return {
    ...view,

    publish(next, events) {
      const before = fleet;
      fleet = next;
      for (const event of events) if (event.type === 'child-ended') steered.delete(event.account);
      say(noticeOfFleet(before, next));
      view.publish(next, events);
    },

    child(account, state, events) {
      const before = steered.get(account.id);
      if (before !== undefined) {
        steered.set(account.id, state);
        say(noticeOfStandstill(account, before, state));
      }
      view.child(account, state, events);
    },

    ...(childSteering === undefined
      ? {}
      : {
          childSteering(account, steering) {
            steered.set(account.id, initialState);
            childSteering(account, steering);
          },
        }),

    askWave: (question, state, signal) =>
      calledWhenUnanswered(clock, signal, {
        ask: () => view.askWave(question, state, signal),
        call: () => say(noticeOfWave(question)),
      }),

    askChild: (account, question, signal) =>
      calledWhenUnanswered(clock, signal, {
        ask: () => view.askChild(account, question, signal),
        call: () => say(noticeOfAccount(account, question)),
      }),

    async close(closing) {
      if (closing.error !== undefined && fleet.ended === undefined)
        say({kind: 'stopped', text: `Stopped: ${closing.error}`});
      await view.close(closing);
    },
  };
}
