import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {divider, layoutFor, type Layout} from '../../source/ui/run/layout.ts';

function rowsInUse(layout: Layout): number {
  const across = layout.rail.kind === 'across' ? layout.rail.rows : 0;
  return layout.header + across + 2 * layout.rule + layout.paneRows + layout.keys;
}

function paneInUse(layout: Layout): number {
  return layout.grid + (layout.waiting > 0 ? layout.rule : 0) + layout.waiting + layout.latest;
}

describe('the layout', () => {
  test.each([
    [40, 24, {kind: 'across', grid: 10, waiting: 2, latest: 4, header: 3}],
    [60, 20, {kind: 'across', grid: 7, waiting: 2, latest: 3, header: 3}],
    [80, 24, {kind: 'across', grid: 11, waiting: 2, latest: 4, header: 2}],
    [100, 30, {kind: 'across', grid: 14, waiting: 3, latest: 6, header: 2}],
    [120, 40, {kind: 'upright', grid: 21, waiting: 3, latest: 10, header: 2}],
    [
      149,
      40,
      {kind: 'upright', grid: 21, waiting: 3, latest: 10, side: 0, gridColumns: 104, paneColumns: 104},
    ],
    [
      150,
      40,
      {kind: 'upright', grid: 28, waiting: 3, latest: 3, side: 34, gridColumns: 68, detailColumns: 68},
    ],
    [
      200,
      60,
      {kind: 'upright', grid: 48, waiting: 3, latest: 3, side: 64, gridColumns: 88, detailColumns: 64},
    ],
    [200, 23, {kind: 'across', grid: 10, waiting: 2, latest: 4, side: 0, width: 160}],
  ] as const)('at %i×%i', (columns, rows, {kind, ...expected}) => {
    const layout = layoutFor(columns, rows);
    expect(layout.rail.kind).toBe(kind);
    expect(layout).toMatchObject(expected);
    expect(rowsInUse(layout)).toBe(rows);
    expect(paneInUse(layout)).toBe(layout.paneRows);
  });

  test('fills the terminal and never exceeds it, whatever its size', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 400}), fc.integer({min: 1, max: 150}), (columns, rows) => {
        const layout = layoutFor(columns, rows);
        expect(rowsInUse(layout)).toBe(rows);
        expect(paneInUse(layout)).toBeLessThanOrEqual(layout.paneRows);
        expect(layout.details).toBeLessThan(Math.max(1, layout.grid));
        const rail = layout.rail.kind === 'upright' ? layout.rail.columns + divider : 0;
        expect(rail + layout.paneColumns).toBeLessThanOrEqual(columns);
        const side = layout.side > 0 ? layout.side + divider : 0;
        expect(layout.gridColumns + side).toBe(layout.paneColumns);
        const sizes = [
          layout.header,
          layout.paneRows,
          layout.grid,
          layout.waiting,
          layout.latest,
          layout.keys,
        ];
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('leaves a margin rather than a sea of space', () => {
    expect(layoutFor(300, 60).width).toBe(200);
    expect(layoutFor(300, 20).width).toBe(160);
  });

  test('has a third pane from 150 columns on, whatever the titles of the rail: the Regions keep room for their cells', () => {
    fc.assert(
      fc.property(fc.integer({min: 150, max: 400}), fc.integer({min: 24, max: 150}), (columns, rows) => {
        for (const wished of [0, 48, 60, 90]) {
          const layout = layoutFor(columns, rows, false, wished);
          expect(layout.side).toBeGreaterThanOrEqual(34);
          // A rail that cuts no title may take columns, but never so many that the Regions have less than at 60 columns.
          expect(layout.gridColumns).toBeGreaterThanOrEqual(60);
        }
      }),
    );
  });
});
