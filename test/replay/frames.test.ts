import {describe, expect, test, vi} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {Timeline} from '../../source/replay/timeline.ts';
import {width} from '../../source/text/width.ts';
import {createFramer, playerAt, type Size} from '../../source/ui/replay/replay-frame.tsx';

// Hundreds of frames or pages: on a busy machine that takes a while.
vi.setConfig({testTimeout: 120_000});

const journal = readJournal(new URL('../fixtures/relapse.jsonl', import.meta.url).pathname);
const timeline = new Timeline(journal.events);
const escape = '\u001B';
const colors = new RegExp(`${escape}\\[[\\d;]*m`, 'g');

const sizes: readonly Size[] = [
  {columns: 40, rows: 24},
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
];

function framesAt(size: Size): (played: number, count?: number) => readonly string[] {
  const frame = createFramer({timeline, journal: journal.file, head: () => journal.head}, size);
  return (played, count) => {
    const player = playerAt(timeline, played);
    return frame({...player, count: count ?? player.count}).map((row) => row.replace(colors, ''));
  };
}

/** How many events have happened when the first of a kind has. */
function after(found: (event: (typeof journal.events)[number]) => boolean): number {
  return journal.events.findIndex(found) + 1;
}

const asked = after(({type}) => type === 'asked');
const wentBack = after(({type}) => type === 'went-back');

describe.each(sizes)('the relapse, replayed at $columns×$rows', (size) => {
  const frame = framesAt(size);

  test('is marked, fits and has its bar in every frame', () => {
    for (let played = 0; played <= timeline.duration; played += 250) {
      const rows = frame(played);
      expect(rows.length).toBeLessThanOrEqual(size.rows);
      for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.columns);
      expect(rows[0]).toContain('REPLAY');
      expect(rows[0]).toContain('SIMULATION');
      expect(rows.at(-2)).toMatch(/├.*●.*┤ +\d:\d\d \/ 0:21/);
      expect(rows.at(-1)).toContain('q leave');
    }
  });

  test('shows the question that was asked, with the answer that came', () => {
    const text = frame(timeline.playedAt(asked), asked).join(' ').replace(/\s+/g, ' ');
    expect(text).toContain('Builds that are cancelled cannot be continued');
    expect(text).toContain('18 changes in 9 Regions');
    expect(text).toMatch(/confirmed at \d\d:\d\d:\d\d \(demo\)/);
  });

  test('counts down as it did', () => {
    const looks = [14_000, 14_750].map(
      (played) => /next look in 0:0(\d)/.exec(frame(played).join('\n'))?.[1],
    );
    expect(looks).toEqual(['2', '1']);
  });

  test('shows why it went back, and on which Region', () => {
    const text = frame(timeline.playedAt(wentBack), wentBack).join('\n');
    expect(text).toContain('Trying again in 8 s');
    expect(text).toMatch(/eu-west-2 .*in use/);
  });

  test('passes a wait that was cut faster, to its very end', () => {
    const from = timeline.playedAt(wentBack);
    const to = timeline.playedAt(wentBack + 1);
    expect(to - from).toBe(2000);
    expect(frame((from + to) / 2).join('\n')).toContain('Trying again in 4 s');
  });

  test('ends with the summary', () => {
    const text = frame(timeline.duration).join('\n');
    expect(text).toContain('Done: every step is done');
    expect(text).toMatch(/Regions +34 clear/);
    expect(text).toContain('0:21 / 0:21');
  });
});
