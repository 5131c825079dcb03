/**
 * Measures how fast a long recording opens and seeks. The same process also just reads and parses the file, for
 * comparison. Usage: npm exec -- tsx benchmark/replay.ts [events]
 */
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readJournal} from '../source/journal/read.ts';
import {atStart, type Player} from '../source/replay/player.ts';
import {Timeline} from '../source/replay/timeline.ts';
import {createShower} from '../source/ui/replay/replay-screen-props.ts';
import {longRun, writeJournal} from '../test/support/long-journal.ts';

const count = Number(process.argv[2] ?? 100_000);
const rounds = 9;
const seeks = 200;
const folder = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
const file = join(folder, 'long.jsonl');

interface Opened {
  readonly timeline: Timeline;
  readonly show: (count: number) => unknown;
}

/** Work before the first frame can be drawn. */
function open(): Opened {
  const journal = readJournal(file);
  const timeline = new Timeline(journal.events);
  const shower = createShower({timeline, journal: file, head: () => journal.head});
  const show = (at: number): unknown => {
    const player: Player = {...atStart, count: at, played: timeline.playedAt(at)};
    return shower(player, timeline.timeAt(at, player.played));
  };
  show(1);
  return {timeline, show};
}

/** ms that `work` takes. */
function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}

/** Places to seek, equal in every run. */
function places(): readonly number[] {
  let seed = 12_345;
  return Array.from({length: seeks}, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + Math.floor((seed / 2_147_483_648) * (count - 1));
  });
}

const row = (what: string, value: string, ratio: string, goal: string): string =>
  `${what.padEnd(52)} ${value.padStart(11)} ${ratio.padStart(7)}   ${goal}\n`;
const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

writeJournal(file, longRun(count));
const parse: number[] = [];
const opened: number[] = [];
const check: number[] = [];
// Subjects take turns, so that a busy moment favors none of them.
for (let round = 0; round < rounds; round += 1) {
  parse.push(
    timed(() => {
      for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') JSON.parse(line);
    }),
  );
  check.push(timed(() => void readJournal(file)));
  opened.push(timed(() => void open()));
}
const first = open();
const firstSeek = timed(() => void first.show(count));
const {timeline, show} = open();
const ahead: number[] = [];
for (;;) {
  let more = false;
  ahead.push(timed(() => void (more = timeline.index(1000))));
  if (!more) break;
}
const sought = places().map((at) => timed(() => void show(at)));
const base = quantile(parse, 0.5);
const ratio = (value: number): string => `${(value / base).toFixed(1)}×`;
process.stdout.write(
  [
    `${count} events, ${(statSync(file).size / 1e6).toFixed(1)} MB, medians of ${rounds}, Node ${process.version}\n\n`,
    row('what', 'time', 'ratio', 'goal'),
    row('read the file and parse its lines', ms(base), '1.0×', ''),
    row('read it and check every hash', ms(quantile(check, 0.5)), ratio(quantile(check, 0.5)), ''),
    row(
      'open: ready to draw the first frame',
      ms(quantile(opened, 0.5)),
      ratio(quantile(opened, 0.5)),
      '≤ 3×',
    ),
    row(`seek, median of ${seeks}`, ms(quantile(sought, 0.5)), '', ''),
    row('seek, 95th of 100', ms(quantile(sought, 0.95)), '', '≤ 50 ms'),
    row('seek, slowest', ms(Math.max(...sought)), '', ''),
    row(
      'prepare seeking, in the background, all in all',
      ms(ahead.reduce((sum, one) => sum + one, 0)),
      '',
      '',
    ),
    row('prepare seeking, longest part', ms(Math.max(...ahead)), '', ''),
    row('seek to the end at once after opening', ms(firstSeek), '', '(before it is prepared)'),
  ].join(''),
);
rmSync(folder, {recursive: true});
