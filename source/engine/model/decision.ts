import type {Happening, RunQuestion} from './events.ts';
import type {CallRequest} from './ports.ts';

type CallStarted = Extract<Happening, {type: 'call-started'}>;

/** A call to make: its intent, to be journaled first, and the request itself. */
export interface CallAction {
  readonly intent: CallStarted;
  readonly request: CallRequest;
}

/** Next actions of a run. Records come first: recording them leads to a new decision. */
export interface Decision {
  readonly records: readonly Happening[];
  readonly calls: readonly CallAction[];
  /** Put this to the operator, unless it has been put already. */
  readonly ask?: RunQuestion;
  /** Change calendars to ask now: a change waits for what they say. */
  readonly calendars?: readonly string[];
  /** Time of the next decision if nothing else happens before (ms since the epoch). */
  readonly wakeAt?: number;
  /** Nothing was decided, and this is how long that holds for a lane that stays as it is. */
  readonly rest?: Rest;
}

/** Time that a lane stays idle unless it or the account's lane changes. */
export interface Rest {
  /** There are calls to start as soon as there is room for more. */
  readonly calls: boolean;
  /** Until this time (ms since the epoch); Infinity when the passing of time changes nothing. */
  readonly until: number;
}

export const nothing: Decision = {records: [], calls: []};

/** Nothing, until something happens. */
export const resting: Decision = {...nothing, rest: {calls: false, until: Infinity}};
