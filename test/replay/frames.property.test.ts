import {describe, expect, test} from 'vitest';
import {width} from '../../source/text/width.ts';
import {framesAt, sizes, timeline} from './frames-at.ts';

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
});
