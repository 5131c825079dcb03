import {describe, expect, it} from 'vitest';
import {everyPoint} from './points.ts';
import {killAtRandom} from './random-kills.ts';
import {seeded} from './random.ts';
import {sample, seed, timeout, wrongAt} from './sample.ts';

const sampled = sample();

describe('a run that is killed with SIGKILL comes to the same end, with nothing done twice and nothing forgotten', () => {
  it('has a full run of at least 80 requests and about 50 journal writes to be killed in', () => {
    const {uncrashed} = sampled();
    expect(uncrashed.requests).toBeGreaterThanOrEqual(80);
    expect(uncrashed.batches).toBeGreaterThanOrEqual(40);
    expect(everyPoint(uncrashed, seed).length).toBeGreaterThanOrEqual(350);
  });

  it('before, within and after journal writes', {timeout}, async () => {
    expect(await wrongAt(sampled(), 'journal', 4)).toEqual([]);
  });

  it('again and again, at random moments', {timeout}, async () => {
    const {bundle, uncrashed} = sampled();
    const random = seeded(seed);
    // A run may be faster than its measure, and at its end before the moment.
    for (let killed = 0; killed === 0;) {
      const {kills, problems} = await killAtRandom(bundle, uncrashed, 2, random);
      expect(problems).toEqual([]);
      killed = kills;
    }
  });
});
