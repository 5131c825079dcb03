import type {Journal} from '../../journal/read.ts';
import {Timeline} from '../../replay/timeline.ts';
import {safeJson} from '../../text/json.ts';
import {show} from '../../text/show.ts';
import {createFramer, playerAt, type Size} from './replay-frame.tsx';

/** The size that fits every player and terminal. */
const size: Size = {columns: 80, rows: 24};
/** Least time between two frames (ms). */
const frameMs = 100;
/** More frames than this make the file needlessly large: a long run has fewer of them a second. */
const mostFrames = 3000;

/** A run as an asciicast, version 2: the replay's screen at 80×24, frame by frame, as it is drawn on a terminal. */
export function castOf(journal: Journal): string {
  const timeline = new Timeline(journal.events);
  const frame = createFramer({timeline, journal: journal.file, head: () => journal.head}, size);
  const started = timeline.events[0];
  const title = started?.type === 'run-started' ? show(started.runbook.title) : '';
  const header = {
    version: 2,
    width: size.columns,
    height: size.rows,
    timestamp: Math.floor((started?.at ?? 0) / 1000),
    title,
    env: {TERM: 'xterm-256color'},
  };
  const lines = [safeJson(header)];
  let before: readonly string[] = [];
  for (const played of moments(timeline)) {
    const now = frame(playerAt(timeline, played));
    const drawn = before.length === 0 ? clear + drawing(before, now) : drawing(before, now);
    if (drawn !== '') lines.push(safeJson([played / 1000, 'o', drawn]));
    before = now;
  }
  // The cursor comes back below everything; the last frame stays for a moment.
  lines.push(safeJson([(timeline.duration + 2000) / 1000, 'o', `\u001B[${size.rows};1H\u001B[?25h`]));
  return `${lines.join('\n')}\n`;
}

/** No cursor, an empty screen. */
const clear = '\u001B[?25l\u001B[2J';

/** Draws the rows that are different. A row is emptied first: erasing after its last column would erase that too. */
function drawing(before: readonly string[], now: readonly string[]): string {
  return now
    .map((row, index) => (row === before[index] ? '' : `\u001B[${index + 1};1H\u001B[2K${row}`))
    .join('');
}

/** Returns times with a new frame, in played ms: at events, and every second for countdowns. */
function moments(timeline: Timeline): readonly number[] {
  const step = Math.max(frameMs, timeline.duration / mostFrames);
  const found = new Set([0, timeline.duration]);
  for (let count = 1; count <= timeline.length; count += 1) {
    found.add(Math.min(timeline.duration, Math.ceil(timeline.playedAt(count) / step) * step));
  }
  for (let played = 0; played < timeline.duration; played += Math.max(1000, step)) found.add(played);
  return [...found].sort((a, b) => a - b);
}
