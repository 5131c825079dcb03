/**
 * Makes docs/run.svg, the README's picture, from the recorded relapse: real frames of its replay.
 * Usage: npm exec -- tsx scripts/readme-picture.ts
 */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

// Ink's color library reads this at its first import, so no import of it may come earlier.
process.env['FORCE_COLOR'] = '1';
const {readJournal} = await import('../source/journal/read.ts');
const {Timeline} = await import('../source/replay/timeline.ts');
const {createFramer, playerAt} = await import('../source/ui/replay/replay-frame.tsx');
const {svgOf} = await import('./picture/svg.ts');

const size = {columns: 100, rows: 28};
const journal = readJournal(fileURLToPath(new URL('../test/fixtures/relapse.jsonl', import.meta.url)));
const timeline = new Timeline(journal.events);
const frame = createFramer({timeline, journal: 'relapse.jsonl', head: () => journal.head}, size);

/** The number of events when the nth of a kind has happened. */
function nth(type: string, which: number): number {
  let seen = 0;
  return journal.events.findIndex((event) => event.type === type && (seen += 1) === which) + 1;
}

const back = nth('went-back', 1);
/** Scenes: the number of events or the played ms, and the time on display in ms. */
const moments: readonly {readonly count?: number; readonly played?: number; readonly ms: number}[] = [
  {count: nth('step-succeeded', 20), ms: 900},
  {count: nth('step-succeeded', 50), ms: 900},
  {count: nth('asked', 1), ms: 3000},
  {count: nth('answered', 1) + 120, ms: 1200},
  ...[1000, 2000, 3000, 4000].map((played) => ({played, ms: 900})),
  {count: nth('asked', 2), ms: 3000},
  {played: timeline.playedAt(back) - 600, ms: 900},
  {count: back, ms: 2500},
  {played: timeline.playedAt(back) + 1000, ms: 1500},
  {count: nth('asked', 3), ms: 2000},
  ...[12_000, 13_500, 15_500].map((played) => ({played, ms: 900})),
  {played: timeline.duration, ms: 4000},
];

const frames = moments.map(({count, played, ms}) => {
  const at = played ?? timeline.playedAt(count ?? 1);
  const player = playerAt(timeline, at);
  return {rows: frame({...player, count: count ?? player.count}), ms};
});
// The decision about the role itself: the moment that the program is for.
const still = moments.findIndex(({count}) => count === nth('asked', 2));
const file = fileURLToPath(new URL('../docs/run.svg', import.meta.url));
const svg = svgOf(frames, size.columns, size.rows, still);
writeFileSync(file, svg);
process.stdout.write(`${file}, ${(svg.length / 1024).toFixed(0)} KB\n`);
