import type {Happening, RunQuestion} from './events.ts';
import type {CallRequest} from './ports.ts';

type CallStarted = Extract<Happening, {type: 'call-started'}>;

/** A call to make: its intent, to be journaled first, and the request itself. */
export interface CallAction {
  readonly intent: CallStarted;
  readonly request: CallRequest;
}

/** What is to be done now. Records come first: once they are recorded, there is a new decision to make. */
export interface Decision {
  readonly records: readonly Happening[];
  readonly calls: readonly CallAction[];
  /** Put this to the operator, unless it has been put already. */
  readonly ask?: RunQuestion;
  /** When to decide again if nothing else happens before (ms since the epoch). */
  readonly wakeAt?: number;
  /** Nothing was decided, and this is how long that holds for a lane that stays as it is. */
  readonly rest?: Rest;
}

/** How long a lane has nothing to do if nothing happens to it and the account comes no further. */
export interface Rest {
  /** There are calls to start as soon as there is room for more. */
  readonly calls: boolean;
  /** Until this time (ms since the epoch); Infinity when the passing of time changes nothing. */
  readonly until: number;
}

export const nothing: Decision = {records: [], calls: []};

/** Nothing, until something happens. */
export const resting: Decision = {...nothing, rest: {calls: false, until: Infinity}};
