import {expect, it} from 'vitest';
import {openItems} from '../../../source/engine/decide/open-items.ts';
import {freshItem} from '../../../source/engine/evolve/lane-updates.ts';
import type {ItemProgress} from '../../../source/engine/model/state.ts';
import {SharedList} from '../../../source/engine/persistent/persistent-list.ts';

/** Keys of the open items; each item is one of a kind: t(odo), c(alling), w(aiting), d(one), f(ailed), ?(doubtful). */
function open(kinds: string, most: number): string {
  const status = {t: 'todo', c: 'calling', w: 'waiting', d: 'done', f: 'failed', '?': 'todo'} as const;
  const items = [...kinds].map((kind, index): ItemProgress => {
    const item = {
      ...freshItem({key: `${kind}${index}`, value: null}),
      status: status[kind as keyof typeof status],
    };
    return kind === '?' ? {...item, doubtful: true} : item;
  });
  return openItems(SharedList.of(items), most)
    .map(({key}) => key)
    .join(' ');
}

it('what has ended is not open; what is under way, waits or is in doubt always is', () => {
  expect(open('dfcw?', 0)).toBe('c2 w3 ?4');
});

it('of what can be started the first are, as many as are wanted', () => {
  expect(open('tdttct', 2)).toBe('t0 t2 c4');
  expect(open('tdttct', Infinity)).toBe('t0 t2 t3 c4 t5');
});

it('what is in doubt takes no place of what can be started', () => {
  expect(open('??tt', 1)).toBe('?0 ?1 t2');
});

it('is the same far behind thousands that have ended or are not their turn', () => {
  const far = `${'d'.repeat(3000)}t${'f'.repeat(3000)}tt${'d'.repeat(99)}w${'t'.repeat(3000)}c`;
  expect(open(far, 2)).toBe('t3000 t6001 w6102 c9103');
});
