import {describe, expect, it} from 'vitest';
import {sample, timeout, wrongAt} from './sample.ts';

const sampled = sample();

describe('a run that is killed with SIGKILL comes to the same end, with nothing done twice and nothing forgotten', () => {
  it('as requests arrive, as they have taken effect, and as they are answered', {timeout}, async () => {
    expect(await wrongAt(sampled(), 'request', 5)).toEqual([]);
  });
});
