import {afterEach, describe, expect, it} from 'vitest';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {openBench, operationOf, type Bench, type Manner} from './cut-off.ts';
import {oneRegion, twoRegions} from './one-region.ts';

let bench: Bench;
const others: Simulator[] = [];
afterEach(async () => {
  await bench.close();
  for (const other of others.splice(0)) await other.close();
});

/** Another account, or this one without credentials that work: what every request is answered by while it is on. */
async function elsewhere(scenario: ReturnType<typeof oneRegion>, expired: boolean): Promise<Simulator> {
  const options = expired ? {faults: [{always: true, fault: 'expiredToken'} as const]} : {};
  const other = await startSimulator(scenario, {now: () => bench.account.clock.now(), ...options});
  others.push(other);
  return other;
}

/** Lets credentials expire at an operation's first request; `ask` is told how often new ones were looked for since. */
async function expireAt(operation: string, renewals: (count: number) => void | Promise<void>): Promise<void> {
  const expired = await elsewhere(twoRegions(), true);
  let on = false;
  let looks = 0;
  bench.gate.watch = async (moment, request) => {
    if (moment !== 'arrived') return 'pass' as const;
    if (!on && operationOf(request) === operation) {
      on = true;
      bench.gate.target = expired.endpoint;
    } else if (on && operationOf(request) === 'GetCallerIdentity') {
      looks += 1;
      await renewals(looks);
    }
    return 'pass' as const;
  };
}

const noFailure: Manner = {
  published: (state) => {
    for (const {fault} of [state.account, ...state.lanes]) expect(fault).toBeUndefined();
  },
};

describe('credentials that expire in the middle of a run', () => {
  it.each(['ListImagePipelines', 'CancelImageCreation', 'UpdateImagePipeline', 'DeleteServiceLinkedRole'])(
    'pause it at %s, and it goes on once they work again: no Region is marked failed',
    async (operation) => {
      bench = await openBench(twoRegions());
      await expireAt(operation, (looks) => {
        if (looks === 3) bench.gate.target = bench.account.simulator.endpoint;
      });
      const {exitCode} = await bench.begin(noFailure);
      expect(exitCode).toBe(0);
      const events = bench.events();
      expect(events.filter(({type}) => type === 'paused')).toEqual([
        expect.objectContaining({why: 'credentials', fault: expect.objectContaining({kind: 'credentials'})}),
      ]);
      expect(events.filter(({type}) => type === 'continued')).toEqual([
        expect.objectContaining({by: 'the same credentials, which AWS takes again'}),
      ]);
      expect(events.filter(({type}) => type === 'step-failed' || type === 'item-failed')).toEqual([]);
      expect(bench.account.simulator.account().role).toBeNull();
    },
  );

  it('are looked for every 5 s', async () => {
    bench = await openBench(oneRegion());
    const times: number[] = [];
    await expireAt('ListImagePipelines', (looks) => {
      times.push(bench.account.clock.now());
      if (looks === 4) bench.gate.target = bench.account.simulator.endpoint;
    });
    expect(await bench.begin()).toMatchObject({exitCode: 0});
    const paused = bench.events().find(({type}) => type === 'paused')?.at ?? 0;
    for (const [index, time] of times.entries()) {
      expect(time - (times[index - 1] ?? paused)).toBeGreaterThanOrEqual(5000);
    }
  });

  it('leave it paused when the new ones are for another account, until they are for the right one', async () => {
    bench = await openBench(oneRegion());
    const stranger = await elsewhere(
      oneRegion({account: {...oneRegion().account, id: '999988887777'}}),
      false,
    );
    await expireAt('ListImagePipelines', (looks) => {
      if (looks === 2) bench.gate.target = stranger.endpoint;
      if (looks === 5) bench.gate.target = bench.account.simulator.endpoint;
    });
    expect(await bench.begin(noFailure)).toMatchObject({exitCode: 0});
    expect(bench.events().filter(({type}) => type === 'continued')).toHaveLength(1);
    const asked = stranger.requests.map(({operation}) => operation);
    expect(new Set(asked)).toEqual(new Set(['GetCallerIdentity', 'ListAccountAliases']));
  });

  it('can be waited for in another process: the run is interrupted while it is paused, and resumed', async () => {
    bench = await openBench(oneRegion());
    await expireAt('CancelImageCreation', () => {});
    const left = await bench.begin({
      published: ({paused}, _events, hands) => {
        if (paused !== undefined) hands.stop();
      },
    });
    expect(left.exitCode).toBe(130);
    bench.gate.target = bench.account.simulator.endpoint;
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    const tokens = bench.account.simulator.requests.flatMap(({operation, input}) =>
      operation === 'CancelImageCreation' ? [input['clientToken']] : [],
    );
    expect(tokens).toHaveLength(1);
  });
});
