import {span, type Line} from '../../../text/line.ts';
import {helpLines} from '../../keyboard/help.ts';
import {wrap} from '../../../text/width.ts';
import {lastOffset} from '../../components/scrolled.tsx';
import {promptLines} from '../../question/question-lines.ts';
import {accountItems} from '../accounts/account-item.ts';
import {uncheckedNotes} from '../accounts/unchecked-notes.ts';
import {accountRows} from '../accounts/account-rows.ts';
import {shortIds} from '../accounts/short-ids.ts';
import {accountPage} from './account-page.ts';
import {fleetHeader} from './fleet-header.ts';
import {fleetLayout} from './fleet-layout.ts';
import {newsLines} from './fleet-news.ts';
import {
  fleetFocus,
  fleetScrollKey,
  replyTo,
  waveUp,
  type FleetFocus,
  type FleetFrame,
  type FleetScreenState,
  type WaveDock,
} from './fleet-screen-state.ts';
import {fleetHelp} from './keys/fleet-help.ts';
import type {FleetShown, WaveAsking} from './live-fleet.ts';
import {typedQuestion, waveLines, waveSums, waveTitle} from './wave-text.ts';

/** Fewest rows in which the accounts beside a question say something. */
const leastAbove = 5;

/** Most Regions that a line about unchecked ones names. */
const mostUnchecked = 3;

/** The accounts of a fleet that has not begun. */
const nobody = {accounts: [], skipped: []};

const whenLeaving = 'Decline? The fleet ends here: no account of this wave is changed.';

/** Computes all that a frame shows on a terminal of this size. Pure. */
export function fleetFrame(
  screen: FleetScreenState,
  shown: FleetShown,
  columns: number,
  rows: number,
  at: number,
): FleetFrame {
  const {state, now} = shown;
  const focus = fleetFocus(screen, shown, at);
  const wave = waveUp(screen, shown, at);
  const width = Math.min(columns, 160);
  const header = fleetHeader({state, now, rate: shown.rate, columns: width, rows});
  const news = wave === undefined && state.started !== undefined ? newsLines(state, shown, width) : [];
  const layout = fleetLayout(columns, rows, header.length, news.length);
  const items = accountItems(state, shown);
  const dock = wave === undefined ? undefined : dockOf(screen, shown, wave, focus, width, layout.pane);
  const listRows = dock?.above ?? layout.pane;
  const isAsked = focus === 'question' || focus === 'early-question';
  const text = dock !== undefined && isAsked ? dock.text : coveringText(screen, shown, focus, width);
  const textRows = dock !== undefined && isAsked ? dock.textRows : listRows;
  const own = screen.scroll.of === fleetScrollKey(focus, screen, shown) ? screen.scroll.offset : 0;
  return {
    layout,
    header,
    items,
    rows: accountRows(items, screen.view, uncheckedNotes(state, mostUnchecked)),
    shortId: shortIds(state.started ?? nobody),
    listRows,
    news,
    dock,
    text,
    textRows,
    offset: Math.min(own, lastOffset(text.length, textRows)),
  };
}

function coveringText(
  {page}: FleetScreenState,
  {state, opening}: FleetShown,
  focus: FleetFocus,
  columns: number,
): readonly Line[] {
  if (focus === 'help') return helpLines(fleetHelp, columns);
  if (focus === 'page' && page !== undefined) return accountPage(state, page, columns);
  if (state.started !== undefined) return [];
  return wrap(opening, columns - 2).map((part): Line => [span(` ${part}`)]);
}

function dockOf(
  screen: FleetScreenState,
  {state}: FleetShown,
  wave: WaveAsking,
  focus: FleetFocus,
  columns: number,
  pane: number,
): WaveDock {
  const isAsked = focus === 'question' || focus === 'early-question';
  const text = waveLines(state, wave.question, columns);
  const prompt = promptOf(screen, wave, focus, columns);
  const captionRows = pane >= 9 ? 1 : 0;
  const promptRows = Math.min(prompt.length, pane);
  const left = Math.max(0, pane - captionRows - promptRows);
  const caption = `DECISION ON ${waveTitle(wave.question)}`;
  if (!isAsked) {
    const textRows = pane >= 12 ? 1 : 0;
    return {caption, text, prompt, captionRows, promptRows, textRows, above: Math.max(0, left - textRows)};
  }
  const spare = left - text.length;
  const above = spare >= leastAbove ? spare : pane >= 20 ? leastAbove : 0;
  return {caption, text, prompt, captionRows, promptRows, textRows: left - above, above};
}

function promptOf(
  screen: FleetScreenState,
  wave: WaveAsking,
  focus: FleetFocus,
  columns: number,
): readonly Line[] {
  const sums = waveSums(wave.question, columns);
  if (focus !== 'question' && focus !== 'early-question') {
    return [...sums, [span(' '), span('Tab', 'accent'), span(' goes to the answer.')]];
  }
  const question = typedQuestion(wave.question);
  const chosen = screen.gate.id === wave.id && screen.gate.chosen === true;
  const prompt =
    focus === 'question'
      ? {kind: 'reply' as const, reply: replyTo(screen, wave)}
      : {kind: 'early' as const, chosen};
  const lines = promptLines(question, prompt, columns, whenLeaving);
  // Its first row is blank where a question has no changes of its own: here the sums stand in it.
  return prompt.kind === 'reply' && prompt.reply.leaving ? lines : [...sums, ...lines.slice(1)];
}
