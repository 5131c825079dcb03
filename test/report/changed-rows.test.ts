import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {SharedList} from '../../source/engine/persistent/persistent-list.ts';
import {changedRows} from '../../source/report/html/changed-rows.ts';

it('the rows that are drawn anew are those that changed, in order', () => {
  fc.assert(
    fc.property(fc.constantFrom(1, 32, 33, 1025), fc.array(fc.nat(), {maxLength: 5}), (length, changes) => {
      const before = SharedList.of(Array.from({length}, (_, index) => ({index})));
      const rows = [...new Set(changes.map((at) => at % length))].toSorted((a, b) => a - b);
      const after = rows.reduce((list, row) => list.with(row, {index: row}), before);
      expect(changedRows(after.whole, before.whole)).toEqual(rows);
      expect(changedRows(after.whole, undefined)).toHaveLength(length);
    }),
  );
});
