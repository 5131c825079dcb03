import {expect, test} from 'vitest';
import {pacedPort} from '../../source/aws/paced-port.ts';
import type {AwsPort, ClockPort} from '../../source/engine/ports.ts';

/** AWS that lets one call in `spacingMs` through in each Region, on a clock that only waiting moves. */
function narrowAws(spacingMs: number) {
  let now = 0;
  const clock: ClockPort = {
    now: () => now,
    until: async (at) => {
      now = Math.max(now, at);
    },
  };
  const last = new Map<string, number>();
  const sent: {readonly region: string; readonly at: number; readonly throttled: boolean}[] = [];
  const port: AwsPort = {
    renew: async () => undefined,
    call: async ({region = ''}) => {
      const throttled = now - (last.get(region) ?? -Infinity) < spacingMs;
      sent.push({region, at: now, throttled});
      if (!throttled) last.set(region, now);
      return throttled
        ? {ok: false, fault: {kind: 'throttled', name: 'Throttling', message: 'Rate exceeded'}, ms: 1}
        : {ok: true, output: {}, ms: 1, unmodelled: []};
    },
  };
  return {port: pacedPort(port, clock), sent, clock};
}

const signal = new AbortController().signal;
const list = (region: string) => ({operation: 'imagebuilder:ListImagePipelines', region, input: {}});

test('a Region that throttles is called more slowly, and the others are not', async () => {
  const {port, sent} = narrowAws(300);
  for (let call = 0; call < 40; call += 1) await port.call(list('eu-west-1'), signal);
  const early = sent.slice(0, 10).filter(({throttled}) => throttled).length;
  const late = sent.slice(-10).filter(({throttled}) => throttled).length;
  expect(early).toBeGreaterThan(0);
  expect(late).toBeLessThanOrEqual(early);
  const before = sent.at(-1)?.at;
  await port.call(list('us-east-1'), signal);
  expect(sent.at(-1)).toMatchObject({region: 'us-east-1', at: before});
});
