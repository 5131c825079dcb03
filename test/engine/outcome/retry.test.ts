import {describe, expect, it} from 'vitest';
import {planRetry} from '../../../source/engine/outcome/retry.ts';
import type {Retrier} from '../../../source/runbook/language/step.ts';
import type {Fault} from '../../../source/engine/model/fault.ts';
import {model} from '../models.ts';
import {faultOf} from '../turns.ts';

const read = model('box:GetBox');
const once = model('box:OpenBox', {effect: 'change', resend: 'never'});
const throttled = faultOf('throttled', 'ThrottlingException');
const reset = faultOf('transient', 'ECONNRESET');

function context(more: Partial<Parameters<typeof planRetry>[2]> = {}): Parameters<typeof planRetry>[2] {
  return {model: read, retriers: [], seconds: Number, maxAttempts: 8, random: 1, ...more};
}

/** The waits between tries of a call that fails for ever, in ms. */
function waits(fault: Fault, more: Partial<Parameters<typeof planRetry>[2]> = {}): readonly number[] {
  const found: number[] = [];
  for (let attempt = 1; attempt < 200; attempt += 1) {
    const plan = planRetry(fault, attempt, context(more));
    if (plan === undefined) return found;
    found.push(plan.delayMs);
  }
  return found;
}

describe('the standard rule', () => {
  it('tries a throttled call eight times altogether, each wait at most twice the one before and never above 20 s', () => {
    expect(waits(throttled)).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
  });

  it('begins with 50 ms where nothing was throttled', () => {
    expect(waits(reset)).toEqual([50, 100, 200, 400, 800, 1600, 3200]);
  });

  it('spreads the tries between nothing and the full wait', () => {
    expect(waits(throttled, {random: 0})).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(waits(throttled, {random: 0.25}).slice(0, 2)).toEqual([250, 500]);
  });

  it('says how many tries there are', () => {
    expect(planRetry(reset, 1, context({maxAttempts: 3}))?.maxAttempts).toBe(3);
    expect(planRetry(reset, 2, context({maxAttempts: 3}))).toBeDefined();
    expect(planRetry(reset, 3, context({maxAttempts: 3}))).toBeUndefined();
  });

  it('never tries again what AWS refused for what it is', () => {
    for (const kind of ['denied', 'invalid', 'not-found', 'conflict', 'credentials', 'unsafe'] as const) {
      expect(planRetry(faultOf(kind, 'X'), 1, context()), kind).toBeUndefined();
    }
  });

  it('sends a change that is not safe twice again only when it surely did not happen', () => {
    for (const kind of ['transient', 'timeout', 'garbled'] as const) {
      expect(planRetry(faultOf(kind, 'X'), 1, context({model: once})), kind).toBeUndefined();
      expect(
        planRetry(faultOf(kind, 'X'), 1, context({model: {...once, resend: 'token'}})),
        kind,
      ).toBeDefined();
    }
    for (const kind of ['throttled', 'clock'] as const) {
      expect(planRetry(faultOf(kind, 'X'), 1, context({model: once})), kind).toBeDefined();
    }
  });
});

describe('a change that may have happened, and must not happen twice', () => {
  const all = {errorEquals: ['All'], maxAttempts: 3, intervalSeconds: 1, backoffRate: 1};
  const named = {...all, errorEquals: ['ECONNRESET']};

  it('is not sent again because its step tries everything again, only where it names the error', () => {
    expect(waits(reset, {model: once, retriers: [all]})).toEqual([]);
    expect(waits(reset, {model: once, retriers: [named]})).toEqual([1000, 1000]);
    expect(waits(reset, {model: {...once, resend: 'token'}, retriers: [all]})).toEqual([1000, 1000]);
    expect(waits(throttled, {model: once, retriers: [all]})).toEqual([1000, 1000]);
  });
});

describe('what is in use', () => {
  const busy = faultOf('busy', 'ResourceInUseException');
  const change = {model: {...once, effect: 'change'} as const};

  it('is tried again for minutes when a change meets it: twelve tries, up to a minute apart', () => {
    const found = waits(busy, change);
    expect(found).toHaveLength(11);
    expect(found.slice(0, 4)).toEqual([15_000, 22_500, 33_750, 50_625]);
    expect(Math.max(...found)).toBe(60_000);
    expect(planRetry(busy, 1, context(change))?.maxAttempts).toBe(12);
  });

  it('is an answer like any other to a look', () => {
    expect(waits(busy)).toEqual([]);
  });

  it('waits as the step says where it says so', () => {
    const own = {errorEquals: ['ResourceInUse'], maxAttempts: 2, intervalSeconds: 1, backoffRate: 2};
    expect(waits(busy, {...change, retriers: [own]})).toEqual([1000]);
  });
});

describe('a step’s own retry', () => {
  const inUse: Retrier = {
    errorEquals: ['ResourceInUse'],
    maxAttempts: 4,
    intervalSeconds: 10,
    backoffRate: 2,
  };
  const fault = faultOf('conflict', 'ResourceInUseException');

  it('waits its interval, longer by its rate each time, for as many tries as it says', () => {
    expect(waits(fault, {retriers: [inUse]})).toEqual([10_000, 20_000, 40_000]);
    expect(planRetry(fault, 1, context({retriers: [inUse]}))?.maxAttempts).toBe(4);
  });

  it('never waits longer than its longest wait', () => {
    expect(waits(fault, {retriers: [{...inUse, maxDelaySeconds: 15}]})).toEqual([10_000, 15_000, 15_000]);
  });

  it('goes before the standard rule, also where it allows fewer tries', () => {
    const twice: Retrier = {...inUse, errorEquals: ['Throttling'], maxAttempts: 2};
    expect(waits(throttled, {retriers: [twice]})).toEqual([10_000]);
  });

  it('is for the errors that it names, the first entry that does', () => {
    expect(waits(faultOf('denied', 'AccessDenied'), {retriers: [inUse]})).toEqual([]);
    const all: Retrier = {...inUse, errorEquals: ['All'], intervalSeconds: 1};
    expect(waits(fault, {retriers: [inUse, all]})[0]).toBe(10_000);
    expect(waits(fault, {retriers: [all, inUse]})[0]).toBe(1000);
  });
});
