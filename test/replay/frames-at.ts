import {readJournal} from '../../source/journal/read.ts';
import {Timeline} from '../../source/replay/timeline.ts';
import {createFramer, playerAt, type Size} from '../../source/ui/replay/replay-frame.tsx';

export const journal = readJournal(new URL('../fixtures/relapse.jsonl', import.meta.url).pathname);
export const timeline = new Timeline(journal.events);
const escape = '\u001B';
const colors = new RegExp(`${escape}\\[[\\d;]*m`, 'g');

export const sizes: readonly Size[] = [
  {columns: 40, rows: 24},
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
];

/** Draws the relapse's replay at any played time, without colors. */
export function framesAt(size: Size): (played: number, count?: number) => readonly string[] {
  const frame = createFramer({timeline, journal: journal.file, head: () => journal.head}, size);
  return (played, count) => {
    const player = playerAt(timeline, played);
    return frame({...player, count: count ?? player.count}).map((row) => row.replace(colors, ''));
  };
}
