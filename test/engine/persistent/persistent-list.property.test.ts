import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {remembering, SharedList} from '../../../source/engine/persistent/persistent-list.ts';
import {frozen} from '../frozen.ts';
import {ownParts} from '../parts.ts';

/** Lengths on both sides of every size at which a list becomes a level higher. */
const lengths = fc.constantFrom(0, 1, 2, 31, 32, 33, 63, 1023, 1024, 1025, 1056, 33_000);

function upTo(length: number): readonly number[] {
  return Array.from({length}, (_, index) => index);
}

describe('a shared list', () => {
  it('is what an array would be, after any changes', () => {
    const change = fc.record({at: fc.nat(), value: fc.integer()});
    fc.assert(
      fc.property(lengths, fc.array(change, {maxLength: 70}), (length, changes) => {
        const array = [...upTo(length)];
        let list = SharedList.of(array);
        for (const {at, value} of changes) {
          // The position after the last is one of them: the list grows.
          const position = at % 3 === 0 ? array.length : at % (array.length + 1);
          array[position] = value;
          list = list.with(position, value);
        }
        expect(list.length).toBe(array.length);
        expect([...list]).toEqual(array);
        for (const position of [-1, 0, 31, 32, 1023, 1024, array.length - 1, array.length]) {
          expect(list.at(position)).toBe(array[position]);
        }
        expect(Array.from(list.map((value) => value * 2))).toEqual(array.map((value) => value * 2));
      }),
      {numRuns: 60},
    );
  });

  it('is made the same whether its values come at once or one by one', () => {
    for (const length of [31, 32, 33, 1024, 1025]) {
      const grown = upTo(length).reduce((list, value) => list.append(value), SharedList.of<number>([]));
      expect(grown).toEqual(SharedList.of(upTo(length)));
    }
  });

  it('shares all but one part a level with the list that it was made from', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (length, at) => {
        const list = SharedList.of(upTo(length));
        expect(ownParts(list.with(at % (length + 1), -1), list)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('names the positions at which it differs from the list that it was made from', () => {
    fc.assert(
      fc.property(lengths, fc.array(fc.nat(), {maxLength: 5}), (length, places) => {
        const before = SharedList.of(upTo(length));
        // The position after the last is one of them: the list grows, sometimes by a level.
        const changed = [...new Set(places.map((at) => at % (length + 1)))].toSorted((a, b) => a - b);
        const after = changed.reduce((list, at) => list.with(at, -1), before);
        expect(after.changedSince(before)).toEqual(changed);
        expect(after.changedSince(SharedList.of<number>([]))).toEqual(upTo(after.length));
      }),
      {numRuns: 30},
    );
  });

  it('is folded as its values would be, and visited without what is left out', () => {
    const sum = remembering(
      (value: number) => value,
      (sums) => sums.reduce((all, one) => all + one, 0),
    );
    const lowest = remembering(
      (value: number) => value,
      (some) => Math.min(...some),
    );
    fc.assert(
      fc.property(lengths, fc.nat(), (length, at) => {
        const list = SharedList.of(upTo(length)).with(at % (length + 1), 7);
        expect(list.fold(sum)).toBe([...list].reduce((all, one) => all + one, 0));
        const visited: number[] = [];
        list.visit(
          (value) => visited.push(value),
          lowest,
          (low) => low >= 1010,
        );
        expect(visited.filter((value) => value < 1010)).toEqual([...list].filter((value) => value < 1010));
        expect(visited.length).toBeLessThanOrEqual(1024 + 32);
      }),
      {numRuns: 30},
    );
  });

  it('never changes the list that it was made from', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (length, at) => {
        const list = frozen(SharedList.of(upTo(length)));
        list.with(at % (length + 1), -1);
        expect([...list]).toEqual(upTo(length));
      }),
      {numRuns: 30},
    );
  });
});
