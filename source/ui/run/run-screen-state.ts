import type {Question, RunQuestion} from '../../engine/model/events.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {RecentCalls} from '../regions/call-log.ts';
import type {NarratedEvent} from '../../wording/narrate/narrated-event.ts';
import type {Log, LogView} from '../log/log-lines.ts';
import type {Line} from '../../text/line.ts';
import type {Layout} from './layout.ts';
import {wholeList, type ListView} from '../regions/region-list.ts';
import {comesUp, noGate, takesKeys, type Gated} from '../question/question-gate.ts';
import {noReply, type Reply} from '../question/reply.ts';
import {waiverQuestion} from './steering.ts';
import type {Caption} from '../../wording/run-mode.ts';
import type {Closing} from '../../wording/run-summary.ts';

/** A question on the screen. */
export interface Asking {
  /** Tells one question from the next. */
  readonly id: number;
  readonly question: Question;
  readonly answer: (answer: Answer) => void;
}

/** A question that is only looked at. */
export interface Asked {
  /** Tells one question from the next. */
  readonly id: number;
  readonly question: RunQuestion;
  /** Its answer, as far as it is known. */
  readonly outcome: string;
}

/** Input of the screen. */
export interface Shown {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** Recent events, the oldest first. */
  readonly told: readonly NarratedEvent[];
  /** All that was told, as far as it is kept. */
  readonly log?: Log | undefined;
  /** Current activity before the run starts. */
  readonly opening: string;
  /** An obstacle outside of AWS, such as a process that supplies credentials. */
  readonly awaited?: string | undefined;
  /** Nobody has answered for the run since then, where it lives elsewhere (ms since the epoch). */
  readonly unansweredSince?: number | undefined;
  /** Another terminal asks for the run. */
  readonly askedForBy?: string | undefined;
  readonly asking?: Asking | undefined;
  /** A question that another operator answers or has answered. It is shown and takes no keys. */
  readonly asked?: Asked | undefined;
  readonly closing?: Closing | undefined;
  /** The latest calls of a Region. */
  readonly calls?: RecentCalls | undefined;
  /** The run lives elsewhere: it goes on when the operator leaves. */
  readonly elsewhere?: boolean | undefined;
  /** The run is of a fleet's account; with a need for the operator elsewhere in the fleet. */
  readonly within?: {readonly news?: string | undefined} | undefined;
  /** The run takes commands: it is neither replayed nor over. */
  readonly steerable?: boolean;
}

/** The operator's state of the screen. */
export interface ScreenState extends Gated {
  readonly selected?: string | undefined;
  /** Index of the first visible row of the grid. */
  readonly top: number;
  readonly list: ListView;
  /** The list's filter is being typed. */
  readonly filtering: boolean;
  /** The selected Region's details are shown. */
  readonly opened: boolean;
  readonly help: boolean;
  /** The log is open, in this view of it. */
  readonly log?: LogView | undefined;
  /** The run has ended and the Regions are shown rather than the result. */
  readonly browsing: boolean;
  /** The scrolled text and its offset in lines. */
  readonly scroll: {readonly of: string; readonly offset: number};
  /** Typed reply to a question, with the question's number. */
  readonly drafts: {readonly [id: number]: Reply};
  /** The operator went from this question, by its number, to the Regions or to the changes; absent: to neither. */
  readonly away?: {readonly from: number; readonly to: 'grid' | 'plan'} | undefined;
  /** The Region whose waiver is being typed. */
  readonly waiving?: string | undefined;
  /** A notice about the last key. */
  readonly notice?: string | undefined;
}

export const freshScreen: ScreenState = {
  top: 0,
  list: wholeList,
  filtering: false,
  opened: false,
  help: false,
  browsing: false,
  scroll: {of: '', offset: 0},
  drafts: {},
  lastKeyAt: -Infinity,
  gate: noGate,
};

/** A decision below the Regions, and the rows that both have. */
export interface Dock {
  readonly question: Question;
  readonly caption: Caption;
  /** The question, the facts for it and every change. */
  readonly text: readonly Line[];
  /** The changes by kind, and the reply. */
  readonly prompt: readonly Line[];
  /** Rows of the caption's rule, of the window on the text, and of the prompt. */
  readonly captionRows: number;
  readonly textRows: number;
  readonly promptRows: number;
  /** Rows above it: for the Regions, or for what was opened there. */
  readonly above: number;
}

/** A text that fills the pane or a part of it, its offset, and its rows. */
export interface Reading {
  readonly lines: readonly Line[];
  /** Stands above them, and is not scrolled. */
  readonly heading?: Line | undefined;
  readonly offset: number;
  readonly rows: number;
  /** It stands below the grid rather than in its place. */
  readonly beside: boolean;
  /** The decision below it, or that it is the text of. */
  readonly dock?: Dock | undefined;
}

/** All that a key's effect depends on. */
export interface Moment {
  readonly screen: ScreenState;
  readonly shown: Shown;
  readonly layout: Layout;
  /** ms on the screen's own clock. */
  readonly at: number;
  /** Its lines, computed only where needed. */
  readonly reading: () => Reading;
}

/** Result of a key: the next screen state, with commands for the run. */
export interface Outcome {
  readonly screen: ScreenState;
  readonly answer?: Answer;
  readonly commands?: readonly Command[];
  /** A text for the terminal's clipboard. */
  readonly copy?: string;
  /** The screen is left, also for another terminal to go on or for the fleet's; the process is suspended; an account's run is stopped. */
  readonly exit?: 'leave' | 'suspend' | 'hand-over' | 'back' | 'stop-account';
}

/** Which part of the screen has the keyboard. */
export type Focus =
  | 'grid'
  | 'filter'
  | 'region'
  | 'help'
  | 'question'
  | 'early-question'
  | 'plan'
  | 'log'
  | 'log-filter'
  | 'asked'
  | 'result';

/** Questions of a run are numbered from 1. */
export const waiverId = -1;

/** The open question: the run's, once it may appear, or the waiver that the operator asked for. */
export function askingOf(screen: ScreenState, {asking, state}: Shown, at: number): Asking | undefined {
  const {waiving, gate, lastKeyAt} = screen;
  if (asking !== undefined && comesUp(gate, asking.id, lastKeyAt, at)) return asking;
  if (waiving === undefined) return undefined;
  return {id: waiverId, question: waiverQuestion(state, waiving), answer: () => {}};
}

/** The question of the run that waits for a moment without keys before it comes up. */
export function pendingOf(screen: ScreenState, {asking}: Shown, at: number): Asking | undefined {
  const {gate, lastKeyAt} = screen;
  return asking === undefined || comesUp(gate, asking.id, lastKeyAt, at) ? undefined : asking;
}

/** Where the keyboard went from a question that is shown; undefined while it is at the question itself. */
export function awayFrom(
  {away}: ScreenState,
  question: {readonly id: number} | undefined,
): 'grid' | 'plan' | undefined {
  return question !== undefined && away?.from === question.id ? away.to : undefined;
}

export function focusOf(screen: ScreenState, shown: Shown, at: number): Focus {
  const asking = askingOf(screen, shown, at);
  const away = awayFrom(screen, asking ?? shown.asked);
  if (asking !== undefined && away === undefined) {
    return takesKeys(screen.gate, asking.id, screen.lastKeyAt, at) ? 'question' : 'early-question';
  }
  if (screen.help) return 'help';
  if (screen.log !== undefined) return screen.log.filtering ? 'log-filter' : 'log';
  if (away === 'plan') return 'plan';
  if (shown.asked !== undefined && away === undefined) return 'asked';
  if (screen.opened) return 'region';
  if (shown.state.ended !== undefined && !screen.browsing) return 'result';
  return screen.filtering ? 'filter' : 'grid';
}

/** Returns the typed reply to a question. */
export function replyOf({drafts}: ScreenState, {id}: Asking): Reply {
  return drafts[id] ?? noReply;
}

/** Names the scrolled text, so that its offset is not applied to another. */
export function scrollKey(screen: ScreenState, shown: Shown, at: number): string {
  const focus = focusOf(screen, shown, at);
  const question = askingOf(screen, shown, at) ?? shown.asked;
  return question !== undefined && isAtQuestion(focus)
    ? `question ${question.id}`
    : `${focus} ${screen.selected ?? ''}`;
}

/** Returns true if the keys type a text that narrows a list. */
export function isTyping(focus: Focus): boolean {
  return focus === 'filter' || focus === 'log-filter';
}

/** Returns true if a text covers how the run goes: on a wide screen, an opened Region stands beside that. */
export function isCovering(focus: Focus): boolean {
  return ['region', 'help', 'log', 'log-filter'].includes(focus);
}

/** Returns true if the keyboard scrolls a question's changes. */
export function isAtQuestion(focus: Focus): boolean {
  return focus === 'question' || focus === 'early-question' || focus === 'plan' || focus === 'asked';
}
