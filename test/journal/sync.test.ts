import {expect, test} from 'vitest';
import {syncing} from '../../source/journal/sync.ts';

/** What a sync does, one call after the other, on a disk that takes so many ms each time. */
async function ways(...took: readonly number[]): Promise<readonly string[]> {
  const used: string[] = [];
  let clock = 0;
  const sync = syncing(3, () => true, {
    inPlace: () => {
      clock += took[used.push('in place') - 1] ?? 0;
    },
    aside: async () => {
      clock += took[used.push('aside') - 1] ?? 0;
    },
    now: () => clock,
  });
  for (const _ of took) await sync();
  return used;
}

test('a slow disk never stops the screen', async () => {
  expect(await ways(15, 4, 20)).toEqual(['aside', 'aside', 'aside']);
});

test('a quick disk is waited for in place, since the way to another thread would take as long', async () => {
  expect(await ways(0.3, 0.2, 0.2)).toEqual(['aside', 'in place', 'in place']);
});

test('a disk that becomes slow stops the screen once, and one that recovers is waited for in place again', async () => {
  expect(await ways(0.3, 40, 40, 0.3, 0.2)).toEqual(['aside', 'in place', 'aside', 'aside', 'in place']);
});

test('a disk is never waited for in place where other runs could go on meanwhile', async () => {
  const used: string[] = [];
  let isAlone = false;
  const sync = syncing(3, () => isAlone, {
    inPlace: () => void used.push('in place'),
    aside: async () => void used.push('aside'),
    now: () => 0,
  });
  for (const alone of [false, false, true]) {
    isAlone = alone;
    await sync();
  }
  expect(used).toEqual(['aside', 'aside', 'in place']);
});

test('a sync that fails is told, whichever way it was made', async () => {
  const full = new Error('EIO');
  let quick = false;
  const sync = syncing(3, () => true, {
    inPlace: () => {
      throw full;
    },
    aside: async () => {
      if (!quick) quick = true;
      else throw new Error('not asked for');
    },
    now: () => 0,
  });
  await sync();
  await expect(sync()).rejects.toBe(full);
});
