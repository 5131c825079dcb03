import {defined} from '../../data/defined.ts';
import type {Event} from '../../engine/model/events.ts';
import type {Fault} from '../../engine/model/fault.ts';

/** A call as an operator looks it up: its time, its response and its request id. */
export interface CallRecord {
  readonly call: number;
  /** Start time (ms since the epoch). */
  readonly at: number;
  readonly operation: string;
  readonly item: string;
  /** Response time in ms; absent while it is in flight. */
  readonly ms?: number;
  readonly requestId?: string;
  readonly fault?: Fault;
}

/** The latest calls in a Region (or of the account's steps), the oldest first. */
export type RecentCalls = (region: string | undefined) => readonly CallRecord[];

/** Calls kept for each Region: as many as an operator reads through. The journal has all of them. */
const kept = 20;

/** Keeps the latest calls of each Region from the events as they come. The run's state only counts calls. */
export class CallLog {
  readonly #byRegion = new Map<string | undefined, CallRecord[]>();
  /** Regions of the calls under way. */
  readonly #underWay = new Map<number, string | undefined>();

  readonly recent: RecentCalls = (region) => this.#byRegion.get(region) ?? [];

  add(event: Event): void {
    if (event.type === 'call-started') {
      const {call, at, operation, item, region} = event;
      this.#underWay.set(call, region);
      this.#byRegion.set(region, [...this.recent(region), {call, at, operation, item}].slice(-kept));
    } else if (event.type === 'call-succeeded' || event.type === 'call-failed') {
      const region = this.#underWay.get(event.call);
      this.#underWay.delete(event.call);
      const requestId = event.type === 'call-failed' ? event.fault.requestId : event.requestId;
      const answer = {
        ms: event.ms,
        ...defined({requestId}),
        ...(event.type === 'call-failed' ? {fault: event.fault} : {}),
      };
      const records = this.recent(region).map((record) =>
        record.call === event.call ? {...record, ...answer} : record,
      );
      this.#byRegion.set(region, records);
    }
  }
}
