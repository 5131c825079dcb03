import type {FleetAnswer} from '../../../fleet/events.ts';
import type {FleetCommand} from '../../../fleet/steer.ts';
import type {Line} from '../../../text/line.ts';
import {comesUp, noGate, takesKeys, type Gated} from '../../question/question-gate.ts';
import {noReply, type Reply} from '../../question/reply.ts';
import type {AccountItem} from '../accounts/account-item.ts';
import type {AccountRow, AccountView} from '../accounts/account-rows.ts';
import type {FleetLayout} from './fleet-layout.ts';
import type {FleetShown, WaveAsking} from './live-fleet.ts';

/** The operator's state of the screen. */
export interface FleetScreenState extends Gated {
  /** Key of the row under the keyboard. */
  readonly selected?: string | undefined;
  /** Index of the first visible row. */
  readonly top: number;
  readonly view: AccountView;
  /** The filter is being typed. */
  readonly filtering: boolean;
  readonly help: boolean;
  /** The account whose facts are shown, since no run of it can be. */
  readonly page?: string | undefined;
  /** The account whose run is shown in place of the fleet. */
  readonly opened?: string | undefined;
  /** The scrolled text and its offset in lines. */
  readonly scroll: {readonly of: string; readonly offset: number};
  /** The typed reply, with the question's number. */
  readonly draft: {readonly id: number; readonly reply: Reply};
  /** The question that the operator went away from, to the accounts. */
  readonly away?: number | undefined;
  /** A notice about the last key. */
  readonly notice?: string | undefined;
}

export const freshFleetScreen: FleetScreenState = {
  top: 0,
  view: {filter: '', unfolded: new Set()},
  filtering: false,
  help: false,
  scroll: {of: '', offset: 0},
  draft: {id: 0, reply: noReply},
  lastKeyAt: -Infinity,
  gate: noGate,
};

/** A wave's question below the accounts, and the rows that both have. */
export interface WaveDock {
  readonly caption: string;
  readonly text: readonly Line[];
  readonly prompt: readonly Line[];
  readonly captionRows: number;
  readonly textRows: number;
  readonly promptRows: number;
  /** Rows above it, for the accounts. */
  readonly above: number;
}

/** All that one frame shows, computed once for the frame and for the key that acts on it. */
export interface FleetFrame {
  readonly layout: FleetLayout;
  readonly header: readonly Line[];
  readonly items: readonly AccountItem[];
  readonly rows: readonly AccountRow[];
  /** Shortens the id of an account. */
  readonly shortId: (id: string) => string;
  /** Rows of the list of accounts. */
  readonly listRows: number;
  readonly news: readonly Line[];
  readonly dock?: WaveDock | undefined;
  /** The text under the keyboard, its rows and its offset. */
  readonly text: readonly Line[];
  readonly textRows: number;
  readonly offset: number;
}

/** All that a key's effect depends on. */
export interface FleetMoment {
  readonly screen: FleetScreenState;
  readonly shown: FleetShown;
  /** ms on the screen's own clock. */
  readonly at: number;
  readonly frame: () => FleetFrame;
}

/** Result of a key: the next screen state, and what it does besides. */
export interface FleetOutcome {
  readonly screen: FleetScreenState;
  readonly answer?: FleetAnswer;
  readonly command?: FleetCommand;
  /** The account to open. */
  readonly open?: string;
  readonly exit?: 'leave' | 'suspend';
}

/** Which part of the screen has the keyboard. */
export type FleetFocus = 'accounts' | 'filter' | 'help' | 'page' | 'question' | 'early-question';

/** The wave's question, once it may appear. */
export function waveUp(
  {gate, lastKeyAt}: FleetScreenState,
  {wave}: FleetShown,
  at: number,
): WaveAsking | undefined {
  return wave !== undefined && comesUp(gate, wave.id, lastKeyAt, at) ? wave : undefined;
}

/** The wave's question that waits for a moment without keys before it comes up. */
export function wavePending(screen: FleetScreenState, shown: FleetShown, at: number): WaveAsking | undefined {
  return waveUp(screen, shown, at) === undefined ? shown.wave : undefined;
}

export function fleetFocus(screen: FleetScreenState, shown: FleetShown, at: number): FleetFocus {
  const wave = waveUp(screen, shown, at);
  if (wave !== undefined && screen.away !== wave.id) {
    return takesKeys(screen.gate, wave.id, screen.lastKeyAt, at) ? 'question' : 'early-question';
  }
  if (screen.help) return 'help';
  if (screen.page !== undefined) return 'page';
  return screen.filtering ? 'filter' : 'accounts';
}

/** Returns the typed reply to a wave's question. */
export function replyTo({draft}: FleetScreenState, {id}: WaveAsking): Reply {
  return draft.id === id ? draft.reply : noReply;
}

/** Names the scrolled text, so that its offset is not applied to another. */
export function fleetScrollKey(focus: FleetFocus, {page}: FleetScreenState, {wave}: FleetShown): string {
  return focus === 'question' || focus === 'early-question'
    ? `question ${wave?.id ?? ''}`
    : `${focus} ${page ?? ''}`;
}
