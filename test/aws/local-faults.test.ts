import {expect, test} from 'vitest';
import {classify} from '../../source/aws/call/classify-error.ts';
import {ConcurrencyGate} from '../../source/aws/call/concurrency-gate.ts';

test.each(['EMFILE', 'ENFILE', 'ENOMEM', 'EADDRNOTAVAIL', 'ENOBUFS'])(
  '%s is this host’s own trouble',
  (code) => {
    const fault = classify(Object.assign(new Error(`connect ${code} 127.0.0.1:443`), {code}));
    expect(fault).toMatchObject({kind: 'local', remedy: expect.stringContaining('ulimit -n') as string});
  },
);

test.each([
  ['ServiceQuotaExceededException', 402, 'quota', /quota raised/],
  ['SomethingElse', 402, 'quota', /quota raised/],
  ['IDPCommunicationError', 400, 'transient', /identity provider/],
] as const)('%s with %i is %s', (name, status, kind, words) => {
  const error = Object.assign(new Error('no'), {name, $metadata: {httpStatusCode: status}});
  const fault = classify(error);
  expect(fault.kind).toBe(kind);
  expect(fault.remedy).toMatch(words);
});

test('a gate that several runs share lets no more through than its limit, first come first served', async () => {
  const gate = new ConcurrencyGate(3);
  const {signal} = new AbortController();
  const begun: number[] = [];
  let active = 0;
  let most = 0;
  const one = (index: number): Promise<void> =>
    gate.pass(
      async () => {
        begun.push(index);
        active += 1;
        most = Math.max(most, active);
        await new Promise((resolve) => setImmediate(resolve));
        active -= 1;
      },
      () => false,
      signal,
    );
  await Promise.all(Array.from({length: 40}, (_, index) => one(index)));
  expect(most).toBe(3);
  expect(begun).toEqual(Array.from({length: 40}, (_, index) => index));
});

test('calls that fail together for want of files halve what is under way, once', async () => {
  const gate = new ConcurrencyGate();
  const never = new AbortController().signal;
  let active = 0;
  let most = 0;
  const pass = (fails: boolean): Promise<boolean> =>
    gate.pass(
      async () => {
        active += 1;
        most = Math.max(most, active);
        await new Promise((resolve) => setImmediate(resolve));
        active -= 1;
        return fails;
      },
      (failed) => failed,
      never,
    );
  await Promise.all(Array.from({length: 64}, () => pass(true)));
  expect(most).toBe(64);
  most = 0;
  await Promise.all(Array.from({length: 64}, () => pass(false)));
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(32);
});
