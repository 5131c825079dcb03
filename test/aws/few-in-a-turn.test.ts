import {setImmediate as turn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {fewInATurn} from '../../source/aws/call/few-in-a-turn.ts';

/** Lets 68 things go through a gate of 6. Returns their numbers in the order they went, and the most of one turn. */
async function through(weight: number): Promise<{readonly made: readonly number[]; readonly most: number}> {
  const gate = fewInATurn(6);
  const made: number[] = [];
  const all = Array.from({length: 68}, async (_, index) => {
    await gate(weight);
    made.push(index);
  });
  let [before, most] = [0, 0];
  while (made.length < 68) {
    await turn();
    most = Math.max(most, made.length - before);
    before = made.length;
  }
  await Promise.all(all);
  return {made, most};
}

// A turn of a test may see the end of one turn and the beginning of the next.
test.each([
  {weight: 1, together: 6},
  {weight: 2, together: 3},
  {weight: 9, together: 1},
])(
  'of things that weigh $weight a few go in each turn of the event loop, in their order, and all of them',
  async ({weight, together}) => {
    const {made, most} = await through(weight);
    expect(made).toEqual(made.toSorted((one, other) => one - other));
    expect(most).toBeLessThanOrEqual(2 * together);
  },
);

test('a single thing waits for nothing, however much it weighs', async () => {
  let made = false;
  void fewInATurn(6)(1000).then(() => (made = true));
  await Promise.resolve();
  await Promise.resolve();
  expect(made).toBe(true);
});
