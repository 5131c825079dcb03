import {safeJson} from '../../text/json.ts';
import {unanswerableChild, unanswerableWave} from './unanswerable.ts';
import type {FleetView} from './fleet-view.ts';

/** One event a line, for machines: the fleet's own, and those of its runs with the account of each. */
export function createJsonFleet({write}: {readonly write: (text: string) => void}): FleetView {
  const put = (value: unknown): void => write(`${safeJson(value)}\n`);
  return {
    opening() {},
    publish(_state, events) {
      events.forEach((event) => put({fleet: true, ...event}));
    },
    child({id}, _state, events) {
      events.forEach((event) => put({account: id, ...event}));
    },
    askWave: async (question) => unanswerableWave(question),
    askChild: async (account) => unanswerableChild(account),
    async close({journal = null, head = null, error = null, next = null}) {
      put({type: 'closed', journal, head, error, next});
    },
  };
}
