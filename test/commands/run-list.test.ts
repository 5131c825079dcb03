import {describe, expect, it} from 'vitest';
import {runList} from '../../source/commands/runs-output/run-list.ts';
import {width} from '../../source/text/width.ts';

const at = Date.UTC(2026, 10, 22, 12);
const interrupted = {
  id: '20261122T110000Z-kqvs',
  file: '/runs/20261122T110000Z-kqvs.jsonl',
  title: 'Delete the Image Builder service-linked role',
  account: '123456789012 acme-images',
  status: 'can be resumed',
  progress: 'interrupted at step 11 of 20',
  position: '11/20',
  at: at - 120_000,
} as const;
const {position: _position, ...over} = interrupted;
const done = {...over, id: '20261121T090000Z-abcd', status: 'finished', progress: 'done', at: 0} as const;

describe('the list of runs', () => {
  it('is a table where it fits, and in a pipe', () => {
    const [heading, row] = runList([interrupted], at, Infinity);
    expect(heading).toMatch(/^RUN +AGE +STATE/);
    expect(row).toContain('handrail resume 20261122T110000Z-kqvs');
    expect(runList([interrupted], at, 200)).toHaveLength(2);
  });

  it('has a run below its runbook on a terminal of 80 columns', () => {
    expect(runList([interrupted], at, 80)).toEqual([
      'Delete the Image Builder service-linked role',
      '  11/20 · acme-images · 2 min ago · resume 20261122T110000Z-kqvs',
    ]);
    expect(runList([{...done, at: at - 3_600_000}], at, 80)[1]).toBe(
      '  done · acme-images · 1 h ago · replay 20261121T090000Z-abcd',
    );
  });

  it.each([80, 60, 40, 20])('never takes more than %i columns', (columns) => {
    for (const line of runList([interrupted, done], at, columns)) {
      expect(width(line)).toBeLessThanOrEqual(columns);
    }
  });
});
