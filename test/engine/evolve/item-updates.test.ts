import {describe, expect, it} from 'vitest';
import {itemIn, withItem} from '../../../source/engine/evolve/item-updates.ts';
import {freshItem} from '../../../source/engine/evolve/lane-updates.ts';
import {SharedList} from '../../../source/engine/persistent/persistent-list.ts';
import {itemNamed} from '../turns.ts';

// On both sides of the length from which an index is used.
for (const length of [5, 32, 33, 2000]) {
  const items = SharedList.of(Array.from({length}, (_, index) => freshItem(itemNamed(`box ${index}`))));

  describe(`an item among ${length}`, () => {
    it('is found by its key, in lists that were changed before too', () => {
      for (const index of [0, length - 1]) {
        const changed = withItem(items, `box ${index}`, (item) => ({...item, status: 'done'}));
        expect(itemIn(changed, `box ${index}`)?.status).toBe('done');
        const again = withItem(changed, 'box 1', (item) => ({...item, status: 'failed'}));
        expect([...again].filter(({status}) => status !== 'todo').map(({key}) => key)).toEqual(
          index === 0 ? ['box 0', 'box 1'] : ['box 1', `box ${length - 1}`],
        );
      }
    });

    it('is not found by another key', () => {
      for (const key of ['', 'box', 'box -1', '__proto__', 'constructor']) {
        expect(itemIn(items, key)).toBeUndefined();
        expect(withItem(items, key, (item) => ({...item, status: 'done'}))).toBe(items);
      }
    });
  });
}

it('no list has no item', () => {
  expect(itemIn(undefined, 'box 0')).toBeUndefined();
});
