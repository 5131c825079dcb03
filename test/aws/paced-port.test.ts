import {expect, onTestFinished, test} from 'vitest';
import {Connection} from '../../source/aws/connection/connection.ts';
import {pacedPort} from '../../source/aws/call/rate-limited-port.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {systemClock} from '../../source/runs/system-clock.ts';
import type {AwsPort, ClockPort} from '../../source/engine/model/ports.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';

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
    renew: async () => ({works: true, fresh: true}),
    call: async ({region = ''}) => {
      const throttled = now - (last.get(region) ?? -Infinity) < spacingMs;
      sent.push({region, at: now, throttled});
      if (!throttled) last.set(region, now);
      return throttled
        ? {ok: false, fault: {kind: 'throttled', name: 'Throttling', message: 'Rate exceeded'}, ms: 1}
        : {ok: true, output: {}, ms: 1, unmodeled: []};
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

/** A paced way to a simulator that has just throttled one call, so that the next one must wait. */
async function throttledOnce() {
  const simulator = await startSimulator(loadScenario('clean'), {
    faults: [{fault: 'throttle', operation: 'ListImagePipelines', first: 1}],
  });
  const credentials = {accessKeyId: 'AKIAPACE', secretAccessKey: 'pace'};
  const connection = new Connection({endpoint: simulator.endpoint, credentials});
  onTestFinished(async () => {
    connection.close();
    await simulator.close();
  });
  const waits = Promise.withResolvers<void>();
  // Its turn never comes: only the abort ends the wait, and it is the real clock that sees the abort.
  const clock: ClockPort = {
    now: () => 0,
    until: (_at, aborting) => {
      waits.resolve();
      return systemClock.until(Infinity, aborting);
    },
  };
  const port = pacedPort({...awsPort(connection), renew: async () => ({works: true, fresh: true})}, clock);
  const outcome = await port.call(list('eu-west-1'), signal);
  expect(outcome).toMatchObject({ok: false, fault: {kind: 'throttled'}});
  return {port, simulator, waiting: waits.promise};
}

test('an abort while a call waits for its turn ends it at once, and it is not sent', async () => {
  const {port, simulator, waiting} = await throttledOnce();
  const controller = new AbortController();
  const call = port.call(list('eu-west-1'), controller.signal);
  await waiting;
  controller.abort();
  expect(await call).toMatchObject({ok: false, fault: {name: 'AbortError'}});
  expect(simulator.requests).toHaveLength(1);
});

test('a call that is aborted before its turn was booked is not sent either', async () => {
  const {port, simulator} = await throttledOnce();
  expect(await port.call(list('eu-west-1'), AbortSignal.abort())).toMatchObject({ok: false});
  expect(simulator.requests).toHaveLength(1);
});
