import {array, assert, boolean, nat, property, record} from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  accepted,
  rateOf,
  started,
  startOf,
  throttled,
  unhurried,
  type Begun,
  type Pace,
} from '../../source/aws/call/rate-limit.ts';
import {throughBucket} from './token-bucket.ts';

/** Starts the next call as soon as the pace allows. */
function next(pace: Pace, now: number): {readonly pace: Pace; readonly begun: Begun} {
  const at = startOf(pace, now);
  const begun = {at, rate: rateOf(pace), waited: at > now};
  return {pace: started(pace, begun), begun};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe('the pace of calls', () => {
  it.each([
    [2, 10],
    [10, 2],
    [2, 50],
    [50, 2],
    [10, 50],
    [50, 10],
  ])('uses what AWS allows when %d calls a second become %d, and is rarely throttled', async (...rates) => {
    for (const burstSeconds of [1, 5]) {
      const setup = {rates, phaseMs: 300_000, burstSeconds, latencyMs: 60, callers: 4};
      const phases = await throughBucket(setup);
      for (const phase of phases) {
        expect(phase.accepted / phase.allowed, JSON.stringify({burstSeconds, phase})).toBeGreaterThan(0.9);
      }
      const calls = sum(phases.map((phase) => phase.accepted + phase.throttled));
      const refused = sum(phases.map((phase) => phase.throttled));
      expect(refused / calls, JSON.stringify({burstSeconds, phases})).toBeLessThan(0.03);
    }
  });

  it('reads a list page by page at the allowed rate', async () => {
    const setup = {rates: [10], phaseMs: 120_000, burstSeconds: 1, latencyMs: 80, callers: 1};
    const [phase] = await throughBucket(setup);
    expect((phase?.accepted ?? 0) / 1200).toBeGreaterThan(0.97);
    expect((phase?.throttled ?? 0) / 1200).toBeLessThan(0.03);
  });

  // Which caller is first decides much there: 44 to 85 % in simulations.
  it('gets on with a bucket that holds a single token', async () => {
    const setup = {rates: [10], phaseMs: 300_000, burstSeconds: 0.1, latencyMs: 80, callers: 8};
    const [phase] = await throughBucket(setup);
    expect((phase?.accepted ?? 0) / 3000).toBeGreaterThan(0.4);
    expect((phase?.throttled ?? 0) / 3000).toBeLessThan(0.03);
  });

  it('rises within seconds once AWS allows more', async () => {
    const setup = {rates: [10, 50], phaseMs: 60_000, burstSeconds: 1, latencyMs: 20, callers: 4};
    const [, faster] = await throughBucket(setup);
    // Six seconds at the old rate would leave less than this.
    expect((faster?.accepted ?? 0) / 3000).toBeGreaterThan(0.92);
  });

  it('is free until AWS throttles', () => {
    let pace = unhurried;
    for (let call = 0; call < 50; call += 1) {
      const turn = next(pace, 1000);
      expect(turn.begun.at).toBe(1000);
      pace = accepted(turn.pace, turn.begun, 1080);
    }
  });

  it('lets a second of calls through at once after a rest', () => {
    let pace = unhurried;
    const begun = {at: 0, rate: Infinity, waited: false};
    for (let call = 0; call < 20; call += 1) pace = accepted(pace, begun, 1000);
    pace = throttled(pace, begun, 1000);
    const rate = rateOf(pace);
    for (let call = 0; call < Math.floor(rate); call += 1) {
      const turn = next(pace, 10_000);
      expect(turn.begun.at).toBe(10_000);
      pace = turn.pace;
    }
    expect(next(pace, 10_000).begun.at).toBeGreaterThan(10_000);
  });

  it('takes calls that were under way together as one sign', () => {
    const begun = {at: 0, rate: Infinity, waited: false};
    let pace = unhurried;
    for (let call = 0; call < 20; call += 1) pace = accepted(pace, begun, 100);
    pace = throttled(pace, begun, 100);
    const rate = rateOf(pace);
    for (let call = 0; call < 30; call += 1) pace = throttled(pace, begun, 100 + call);
    expect(rateOf(pace)).toBeGreaterThan(rate * 0.9);
  });

  it('never stops, nor starts a call before it is wanted, whatever AWS answers', () => {
    const happening = record({after: nat(2000), refused: boolean(), takes: nat(300)});
    assert(
      property(array(happening, {maxLength: 80}), (happenings) => {
        let [pace, now] = [unhurried, 0];
        for (const {after, refused, takes} of happenings) {
          const turn = next(pace, now + after);
          expect(turn.begun.at).toBeGreaterThanOrEqual(now + after);
          expect(turn.begun.at).toBeLessThan(now + after + 4100);
          now = turn.begun.at + takes;
          pace = refused ? throttled(turn.pace, turn.begun, now) : accepted(turn.pace, turn.begun, now);
          expect(rateOf(pace)).toBeGreaterThanOrEqual(0.5);
        }
      }),
    );
  });
});
