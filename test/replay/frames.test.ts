import {describe, expect, test} from 'vitest';
import {framesAt, journal, sizes, timeline} from './frames-at.ts';

/** How many events have happened when the first of a kind has. */
function after(found: (event: (typeof journal.events)[number]) => boolean): number {
  return journal.events.findIndex(found) + 1;
}

const asked = after(({type}) => type === 'asked');
const wentBack = after(({type}) => type === 'went-back');

describe.each(sizes)('the relapse, replayed at $columns×$rows', (size) => {
  const frame = framesAt(size);

  test('shows the question that was asked, with the answer that came', () => {
    const text = frame(timeline.playedAt(asked), asked).join(' ').replace(/\s+/g, ' ');
    expect(text).toContain('Builds that are cancelled cannot be continued');
    expect(text).toContain('18 changes in 9 Regions');
    expect(text).toMatch(/approved by demo at \d\d:\d\d:\d\d/);
  });

  test('counts down as it did', () => {
    const looks = [14_000, 14_750].map(
      (played) => /next check in 0:0(\d)/.exec(frame(played).join('\n'))?.[1],
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
