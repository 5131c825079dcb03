import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {RecentCalls} from '../regions/call-log.ts';
import type {Focus} from '../keyboard/bindings.ts';
import type {NarratedEvent} from '../../wording/narrated-event.ts';
import {wholeList, type ListView} from '../regions/region-list.ts';
import {noReply, type Reply} from '../question/reply.ts';
import {waiverQuestion} from './steering.ts';
import type {Closing} from '../../wording/run-summary.ts';

/** A question on the screen. */
export interface Asking {
  /** Tells one question from the next. */
  readonly id: number;
  readonly question: Question;
  readonly answer: (answer: Answer) => void;
  /** In a replay: the answer that was given. */
  readonly given?: Reply;
}

/** What the screen is given to show. */
export interface Shown {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** What happened lately, the oldest first. */
  readonly told: readonly NarratedEvent[];
  /** What is being done before the run starts. */
  readonly opening: string;
  /** What holds everything up outside of AWS, such as a process that gives credentials. */
  readonly awaited?: string | undefined;
  readonly asking?: Asking | undefined;
  readonly closing?: Closing | undefined;
  /** The latest calls of a Region. */
  readonly calls?: RecentCalls | undefined;
  /** The run takes commands: it is neither replayed nor over. */
  readonly steerable?: boolean;
  /** It has happened before: the help tells the keys of a replay. */
  readonly replayed?: boolean;
}

/** What the operator has made of the screen. */
export interface ScreenState {
  readonly selected?: string | undefined;
  /** Index of the first visible row of the grid. */
  readonly top: number;
  readonly list: ListView;
  /** The list's filter is being typed. */
  readonly filtering: boolean;
  /** The selected Region's details are shown. */
  readonly opened: boolean;
  readonly help: boolean;
  /** The run has ended and the Regions are shown rather than the result. */
  readonly browsing: boolean;
  /** What is scrolled, and by how many lines. */
  readonly scroll: {readonly of: string; readonly offset: number};
  readonly draft: {readonly id: number; readonly reply: Reply};
  /** The Region whose waiver is being typed. */
  readonly waiving?: string | undefined;
  /** What the operator should know about the last key. */
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
  draft: {id: 0, reply: noReply},
};

/** Questions of a run are numbered from 1. */
export const waiverId = -1;

/** What is asked: by the run, or by the operator's own wish to waive a Region. */
export function askingOf({waiving}: ScreenState, {asking, state}: Shown): Asking | undefined {
  if (asking !== undefined || waiving === undefined) return asking;
  return {id: waiverId, question: waiverQuestion(state, waiving), answer: () => {}};
}

export function focusOf(screen: ScreenState, shown: Shown): Focus {
  if (askingOf(screen, shown) !== undefined) return 'question';
  if (screen.help) return 'help';
  if (screen.opened) return 'region';
  if (shown.state.ended !== undefined && !screen.browsing) return 'result';
  return screen.filtering ? 'filter' : 'run';
}

/** What was typed so far in answer to the present question. */
export function replyOf(screen: ScreenState, shown: Shown): Reply {
  const asking = askingOf(screen, shown);
  if (asking?.given !== undefined) return asking.given;
  return asking !== undefined && screen.draft.id === asking.id ? screen.draft.reply : noReply;
}
