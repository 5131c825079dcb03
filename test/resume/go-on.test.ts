import {afterEach, describe, expect, it} from 'vitest';
import {inputsOf, openBench, type Bench} from './cut-off.ts';
import {oneRegion, twoRegions} from './one-region.ts';

let bench: Bench;
afterEach(() => bench.close());

/** The read that is sent ahead of the run is denied, and the run's own. */
const deniedOnce = {
  operation: 'ListImagePipelines',
  region: 'eu-west-2',
  first: 2,
  fault: 'deniedByScp',
} as const;
const deniedAlways = {
  operation: 'ListImagePipelines',
  region: 'eu-west-2',
  always: true,
  fault: 'deniedByScp',
} as const;

describe('a run that ended because something stood in its way', () => {
  it('is blocked (exit 4) by a Region that cannot be looked at, and goes on once it can', async () => {
    bench = await openBench(twoRegions(), [deniedOnce]);
    const blocked = await bench.begin();
    expect(blocked.exitCode).toBe(4);
    expect(blocked.closing.state.ended?.status).toBe('blocked');
    expect(inputsOf(bench, 'CancelImageCreation')).toEqual([]);
    const {exitCode, closing} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(closing.state.lanes.get('eu-west-2')?.waived).toBeUndefined();
    expect(bench.account.simulator.account().role).toBeNull();
  });

  it('stays blocked while the cause is there', async () => {
    bench = await openBench(twoRegions(), [deniedAlways]);
    await bench.begin();
    expect(await bench.goOn()).toMatchObject({exitCode: 4});
    expect(await bench.goOn()).toMatchObject({exitCode: 4});
    expect(inputsOf(bench, 'DeleteServiceLinkedRole')).toEqual([]);
  });

  it('goes on without the Region that is waived by name, and journals who waived it', async () => {
    bench = await openBench(twoRegions(), [deniedAlways]);
    await bench.begin();
    expect(await bench.goOn({answers: {waive: ['us-east-1']}})).toMatchObject({exitCode: 4});
    await expect(bench.goOn({answers: {waive: ['eu-west-1']}})).rejects.toThrow(/none of the run's Regions/);
    const {exitCode, closing} = await bench.goOn({answers: {waive: ['eu-west-2']}});
    expect(exitCode).toBe(0);
    expect(closing.state.lanes.get('eu-west-2')?.waived).toMatchObject({by: 'ops/kim with --waive'});
    expect(bench.events().filter(({type}) => type === 'waived')).toEqual([
      expect.objectContaining({region: 'eu-west-2', by: 'ops/kim with --waive'}),
    ]);
  });

  it('waives nothing that can be looked at', async () => {
    bench = await openBench(twoRegions());
    const {exitCode, closing} = await bench.begin({answers: {waive: ['eu-west-2']}});
    expect(exitCode).toBe(0);
    expect(closing.state.lanes.get('eu-west-2')?.waived).toBeUndefined();
  });

  it('failed (exit 1) by a change that was refused, tries it again and goes on once it is allowed', async () => {
    bench = await openBench(oneRegion(), [
      {operation: 'CancelImageCreation', first: 1, fault: 'accessDenied'},
    ]);
    const failed = await bench.begin();
    expect(failed.exitCode).toBe(1);
    expect(failed.closing.state.ended?.status).toBe('failed');
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    const tokens = inputsOf(bench, 'CancelImageCreation').map(({clientToken}) => clientToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  it('goes on after it stopped for want of an answer (exit 3)', async () => {
    bench = await openBench(oneRegion());
    expect(await bench.begin({answers: {everything: false}})).toMatchObject({exitCode: 3});
    const answers = {everything: false, yes: true, confirm: ['AWSServiceRoleForImageBuilder']};
    expect(await bench.goOn({answers})).toMatchObject({exitCode: 0});
  });
});

describe('a run that is interrupted before AWS has said who is calling', () => {
  it('was not begun, and says that nothing was changed', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('GetCallerIdentity', 'arrived');
    const {exitCode, closing} = await bench.begin();
    expect(exitCode).toBe(130);
    expect(closing.error).toBe('interrupted before the run began: nothing was changed');
    expect(closing.journal).toBeUndefined();
  });

  it('stays as it was when it was to be resumed, and says how to go on', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('CancelImageCreation', 'arrived');
    await bench.begin();
    const {length} = bench.events();
    bench.cutOffAt('GetCallerIdentity', 'arrived');
    const {exitCode, closing} = await bench.goOn();
    expect(exitCode).toBe(130);
    expect(closing).toMatchObject({
      error: 'interrupted before it could go on',
      next: `handrail resume ${closing.state.started?.run}`,
    });
    expect(bench.events()).toHaveLength(length);
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
  });
});
