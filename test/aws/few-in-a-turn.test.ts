import {setImmediate as turn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {fewInATurn} from '../../source/aws/call/few-in-a-turn.ts';

test('requests that are made together leave a few in each turn of the event loop, in their order, and all of them', async () => {
  const made: number[] = [];
  const mayGoOn = fewInATurn(6);
  const all = Array.from({length: 68}, async (_, index) => {
    await mayGoOn();
    made.push(index);
  });
  let [before, most] = [0, 0];
  while (made.length < 68) {
    await turn();
    most = Math.max(most, made.length - before);
    before = made.length;
  }
  await Promise.all(all);
  expect(made).toEqual(made.toSorted((one, other) => one - other));
  // A turn of this test may see the end of one turn and the beginning of the next.
  expect(most).toBeLessThanOrEqual(12);
});

test('a single request waits for nothing', async () => {
  await turn();
  let made = false;
  void fewInATurn(1)().then(() => (made = true));
  await Promise.resolve();
  await Promise.resolve();
  expect(made).toBe(true);
});
