import {expect, it} from 'vitest';
import {oncePer} from '../../../source/engine/persistent/memoize.ts';

it('something is worked out once for each object, also when it comes to nothing', () => {
  const asked: object[] = [];
  const nothing = oncePer((key: object): undefined => void asked.push(key));
  const [one, other] = [{}, {}];
  for (const key of [one, other, one, other]) expect(nothing(key)).toBeUndefined();
  expect(asked).toEqual([one, other]);
});

it('two objects that look alike are not taken for each other', () => {
  const first = oncePer(({name}: {name: string}) => ({name}));
  const [one, other] = [{name: 'a'}, {name: 'a'}];
  expect(first(one)).toBe(first(one));
  expect(first(one)).not.toBe(first(other));
});
