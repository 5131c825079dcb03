import {defined} from '../data/defined.ts';
import type {RunState} from '../engine/model/state.ts';
import type {Lists} from '../engine/respond/list-reader.ts';
import type {RunTurn} from '../engine/turn.ts';
import type {At, ListChanges, News} from './messages.ts';
import type {Session} from './session.ts';

/** A wait for the next decision that is not worth a message of the engine (ms). */
const shortWaitMs = 500;

/** Time that other news has to come to a run before it goes on (ms). */
const asideMs = 50;

/** How a run goes on after a turn: in the same handler, or by a message. */
export interface Following {
  /** The same handler goes on with the run. */
  readonly goesOn: boolean;
  /** Send a message to go on after so many ms. */
  readonly goInMs?: number;
  /** Send a message to wake up after so many ms. */
  readonly wakeInMs?: number;
}

/** Says how a run goes on after a turn, and which messages are on their way then. `nudged`: other news waits. */
export function following(
  {state, wakeAt}: RunTurn,
  nudged: boolean,
  {at, endsAt}: Session,
  now: number,
  news: News | undefined,
): {readonly way: Following; readonly messages: Pick<At, 'wakeAt' | 'going'>} {
  const coming = news?.kind === 'wake' ? undefined : at.wakeAt;
  const going = news?.kind === 'go' ? undefined : at.going;
  const soon = state.calls.length > 0 || (wakeAt !== undefined && wakeAt - now <= shortWaitMs);
  if (state.ended !== undefined || !soon) {
    const way = {goesOn: false, ...wakeMessage(wakeAt, coming, now)};
    return {way, messages: defined({wakeAt, going})};
  }
  if (!nudged && now < endsAt) return {way: {goesOn: true}, messages: defined({wakeAt: coming, going})};
  const way = {goesOn: false, ...(going === true ? {} : {goInMs: nudged ? asideMs : 0})};
  return {way, messages: {...defined({wakeAt: coming}), going: true}};
}

/** The message that wakes a run up, where none for that time is on its way. */
export function wakeMessage(
  wakeAt: number | undefined,
  coming: number | undefined,
  now: number,
): Pick<Following, 'wakeInMs'> {
  return wakeAt === undefined || wakeAt === coming ? {} : {wakeInMs: Math.max(0, wakeAt - now)};
}

/** Returns the lists that are other than before. */
export function changedLists(before: Lists, after: Lists): ListChanges {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) =>
    before.get(name) === after.get(name) ? [] : [[name, after.get(name) ?? null] as const],
  );
}

/** Returns what a run is at, in a word. */
export function statusOf({ended, question, paused}: RunState): At['status'] {
  if (ended !== undefined) return ended.status;
  if (question !== undefined) return 'asked';
  return paused === undefined ? 'running' : 'paused';
}
