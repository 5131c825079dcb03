import {expect, it} from 'vitest';
import {mergePages} from '../../../source/engine/respond/merge-pages.ts';

it('the items of a later page follow those of the earlier ones', () => {
  const two = mergePages({boxes: ['a', 'b']}, {boxes: ['c']});
  expect(two).toEqual({boxes: ['a', 'b', 'c']});
  expect(mergePages(two, {boxes: ['d']})).toEqual({boxes: ['a', 'b', 'c', 'd']});
});

it('a list that one of the pages leaves out loses nothing', () => {
  expect(mergePages({boxes: ['a']}, {})).toEqual({boxes: ['a']});
  expect(mergePages({}, {boxes: ['b']})).toEqual({boxes: ['b']});
  expect(mergePages({boxes: ['a'], lids: ['x']}, {boxes: ['b']})).toEqual({boxes: ['a', 'b'], lids: ['x']});
});

it('what is no list is as the later page has it', () => {
  expect(mergePages({total: 3, more: true}, {more: false})).toEqual({total: 3, more: false});
});

it('a page that is no structure leaves what was read so far', () => {
  for (const odd of [null, 'text', 7, ['list']])
    expect(mergePages({boxes: ['a']}, odd)).toEqual({boxes: ['a']});
});
