import {isDeepStrictEqual} from 'node:util';
import {asRefused} from '../../aws/call/as-answered.ts';
import {byId} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import type {Json, JsonObject} from '../../data/json.ts';
import type {Event} from '../../engine/model/events.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {afterAlongside, firstAlongside} from '../../runbook/language/parallel-steps.ts';
import type {Step} from '../../runbook/language/step.ts';

type CallStarted = Extract<Event, {type: 'call-started'}>;
type CallEnded = Extract<Event, {type: 'call-succeeded' | 'call-failed'}>;
type ItemEnded = Extract<Event, {type: 'item-done' | 'item-failed'}>;

/** An entry of a test's answers, as it is written. */
export interface WrittenEntry {
  readonly region?: string;
  readonly step: string;
  readonly with?: JsonObject;
  readonly times?: number;
  readonly order?: number;
  readonly answer?: Json;
  readonly error?: string;
  readonly message?: string;
  readonly status?: number;
  readonly recorded?: JsonObject;
}

/** The end of a call, and what is known of it. */
export interface EndedCall {
  /** The place of its end among the events. */
  readonly at: number;
  readonly event: CallEnded;
  readonly call: CallStarted;
  readonly step: Step;
  /** Number of the calls that had been started then. */
  readonly begun: number;
  /** The end of its item, where this call brought it about. */
  readonly item?: ItemEnded;
}

/** The calls that a journal has the ends of, in the order in which they came. */
export function endedCalls(events: readonly Event[], {steps}: Runbook): readonly EndedCall[] {
  const calls = new Map<number, CallStarted>();
  const last = lastCalls(events);
  return events.flatMap((event, at): readonly EndedCall[] => {
    if (event.type === 'call-started') calls.set(event.call, event);
    if (event.type !== 'call-succeeded' && event.type !== 'call-failed') return [];
    const call = calls.get(event.call);
    const step = byId(steps, call?.step);
    if (call === undefined || step === undefined) return [];
    // Pages before the last say nothing of the list: one answer gives all of it. A list may be given up before it.
    if (event.type === 'call-succeeded' && event.more === true && last.get(itemOf(call)) !== call.call)
      return [];
    return [{at, event, call, step, begun: calls.size, ...defined({item: itemAfter(events, at, call)})}];
  });
}

/** The answers that a journal has, by operation, in the order in which they came. */
export function recordedAnswers(
  events: readonly Event[],
  runbook: Runbook,
  operations: ReadonlyMap<string, OperationModel>,
): ReadonlyMap<string, readonly WrittenEntry[]> {
  const found = new Map<string, WrittenEntry[]>();
  const together = stepsTogether(runbook.steps);
  for (const ended of endedCalls(events, runbook)) {
    const {event, call, step} = ended;
    const told = toldBy(ended);
    if (told === undefined) continue;
    const polls = event.unrecorded?.polls ?? 0;
    const entry = {
      ...defined({region: call.region}),
      step: call.step,
      ...(step.forEach === undefined
        ? {}
        : {with: withoutToken(call.input as JsonObject, operations.get(call.operation))}),
      // What comes first decides how far the others get when one of them fails.
      ...(together.has(step.id) ? {order: ended.begun} : {}),
    };
    const list = found.get(call.operation) ?? [];
    // The polls that were left out found what the one before found.
    if (polls > 0) list.push({...entry, times: polls, recorded: {waiting: true}});
    list.push({...entry, ...told});
    found.set(call.operation, list);
  }
  return found;
}

/** The number of the last call for each item. */
function lastCalls(events: readonly Event[]): ReadonlyMap<string, number> {
  return new Map(
    events.flatMap((event) => (event.type === 'call-started' ? [[itemOf(event), event.call]] : [])),
  );
}

function itemOf({step, region = '', item}: CallStarted): string {
  return [region, step, item].join('\n');
}

/** The ids of the steps that go on at the same time as another. */
function stepsTogether(steps: readonly Step[]): ReadonlySet<string> {
  const ids = steps.flatMap(({id}, at) =>
    afterAlongside(steps, at) - firstAlongside(steps, at) > 1 ? [id] : [],
  );
  return new Set(ids);
}

/** A request without its idempotency token, which is another one the next time. */
export function withoutToken(input: JsonObject, model: OperationModel | undefined): JsonObject {
  return Object.fromEntries(Object.entries(input).filter(([member]) => member !== model?.tokenMember));
}

/** The end of the item that a call belongs to, which is journaled with the call's. */
function itemAfter(events: readonly Event[], at: number, call: CallStarted): ItemEnded | undefined {
  const next = events.slice(at + 1).find((event) => event.type !== 'region-found' && event.type !== 'paused');
  if (next?.type !== 'item-done' && next?.type !== 'item-failed') return undefined;
  const same = next.step === call.step && next.region === call.region && next.item === call.item;
  return same ? next : undefined;
}

export type Told = Pick<WrittenEntry, 'answer' | 'error' | 'message' | 'status' | 'recorded'>;

/** What a journal tells of the answer that ended a call. Undefined where it tells nothing. */
export function toldBy({event, call: {effect, phase}, step: {action}, item}: EndedCall): Told | undefined {
  if (event.type === 'call-failed') return errorOf(event.fault);
  if (event.more === true) return {recorded: {more: true}};
  if (effect === 'change') return {answer: event.output ?? {}};
  if (phase === 'poll' && event.nextPollAt !== undefined) return {recorded: {waiting: true}};
  if (item?.type === 'item-failed' && phase === 'poll') {
    if (item.fault.name !== 'WaiterFailed') return {recorded: {waiting: true}};
    const usage = (item.usage ?? []).map((row) => ({...row}));
    return {recorded: {failed: item.fault.message, ...(usage.length === 0 ? {} : {usage})}};
  }
  // A read of an update keeps its resource; one that needs no write ends its item with it.
  if (event.output !== undefined) return {recorded: {output: event.output}};
  if (item?.type !== 'item-done') return undefined;
  if (action.kind === 'call' && action.output === undefined) return {answer: item.output};
  return {recorded: {output: item.output}};
}

/** An error as a service sends it, where that leads to the same fault; otherwise the fault itself. */
function errorOf(fault: Fault): Told {
  const {name, message, status} = fault;
  // What Handrail says before the service's own message is said again.
  for (const said of [message, message.slice(message.indexOf(': ') + 2)]) {
    const outcome = asRefused({name, message: said, ...defined({status})});
    if (outcome.ok) continue;
    const {requestId: _, retryAfterMs: __, ...rest} = fault;
    if (isDeepStrictEqual(outcome.fault, rest)) return {error: name, message: said, ...defined({status})};
  }
  return {recorded: {fault: {...fault} as JsonObject}};
}
