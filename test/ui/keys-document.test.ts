import {expect, test} from 'vitest';
import {keysDocument} from './keys-document.ts';
import {bindings} from '../../source/ui/keyboard/bindings.ts';

test('docs/keys.md is what the table of keys says: `npm run screens` writes it anew', async () => {
  await expect(keysDocument()).toMatchFileSnapshot('../../docs/keys.md');
});

test('no key means two things in one place', () => {
  for (const binding of bindings) {
    for (const focus of binding.where) {
      for (const key of binding.keys) {
        const others = bindings.filter(({where, keys}) => where.includes(focus) && keys.includes(key));
        expect(
          others.map(({action}) => action),
          `${key} in ${focus}`,
        ).toEqual([binding.action]);
      }
    }
  }
});

test('leaving, help and suspending are at hand everywhere', () => {
  const focuses = [...new Set(bindings.flatMap(({where}) => where))];
  for (const focus of focuses) {
    const actions = bindings.filter(({where}) => where.includes(focus)).map(({action}) => action);
    expect(actions, focus).toContain('suspend');
    expect(actions, focus).toContain('leave');
  }
});
