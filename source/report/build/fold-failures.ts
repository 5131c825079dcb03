import {byId} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import type {Event, Place} from '../../engine/model/events.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Report, ReportedFailure} from '../model.ts';

type CallStarted = Extract<Event, {type: 'call-started'}>;

/** Returns each failure in order. Tries of one request are one failure, counted. */
export function failuresOf(state: RunState, events: readonly Event[]): Report['failures'] {
  const failures: ReportedFailure[] = [];
  const calls = new Map<number, CallStarted>();
  /** Failures of requests that are still being tried. */
  const open = new Map<string, ReportedFailure>();

  const add = (place: Place, target: string, at: number, fault: Fault, tries: number): ReportedFailure => {
    const failure: ReportedFailure = {
      at,
      lastAt: at,
      step: place.step,
      title: byId(state.steps, place.step)?.title ?? place.step,
      ...defined({region: place.region}),
      target,
      fault,
      tries,
      outcome: 'open',
    };
    failures.push(failure);
    return failure;
  };

  for (const event of events) {
    switch (event.type) {
      case 'call-started':
        calls.set(event.call, event);
        break;
      case 'call-succeeded': {
        const call = calls.get(event.call);
        const failure = call === undefined ? undefined : open.get(keyOf(call, call.item));
        if (call === undefined || failure === undefined) break;
        failure.outcome = 'succeeded-later';
        open.delete(keyOf(call, call.item));
        break;
      }
      case 'call-failed': {
        const call = calls.get(event.call);
        if (call === undefined) break;
        const known = open.get(keyOf(call, call.item));
        if (known !== undefined) {
          known.tries += 1;
          known.lastAt = event.at;
          known.fault = event.fault;
        } else if (event.retryAt !== undefined || event.held === true) {
          const failure = add(call, call.item, event.at, event.fault, 1);
          failure.operation = call.operation;
          open.set(keyOf(call, call.item), failure);
        }
        break;
      }
      case 'item-done': {
        const failure = open.get(keyOf(event, event.item));
        if (failure !== undefined) failure.outcome = 'succeeded-later';
        open.delete(keyOf(event, event.item));
        break;
      }
      case 'item-failed': {
        const failure =
          open.get(keyOf(event, event.item)) ?? add(event, event.item, event.at, event.fault, 1);
        failure.outcome = 'failed';
        failure.lastAt = event.at;
        failure.fault = event.fault;
        if (event.usage !== undefined) failure.usage = [...event.usage];
        open.delete(keyOf(event, event.item));
        break;
      }
      case 'step-failed': {
        // A step fails with its item; only a failure without an item is news.
        const last = failures.findLast((failure) => isAt(failure, event));
        if (last?.outcome !== 'failed') add(event, '', event.at, event.fault, 1).outcome = 'failed';
        break;
      }
      case 'went-back': {
        const failure =
          failures.findLast((one) => isAt(one, event) && one.outcome === 'failed') ??
          add(event, '', event.at, event.fault, 1);
        failure.outcome = 'went-back';
        failure.wentBack = {to: event.to, visit: event.visit, maxVisits: event.maxVisits};
        break;
      }
      default:
        break;
    }
  }
  return failures;
}

function keyOf({step, region}: Place, item: string): string {
  return JSON.stringify([step, region, item]);
}

function isAt(failure: ReportedFailure, place: Place): boolean {
  return failure.step === place.step && failure.region === place.region;
}
