import {describe, expect, it} from 'vitest';
import {fleetResumed, fleetRun} from '../../support/fleet-runs.ts';
import {worldOf} from '../../support/fleet-world.ts';
import {changesOf} from '../../support/run-results.ts';

describe('a fleet', () => {
  it('removes the role from every account that has it, in a canary and a wave, each agreed to once', async () => {
    const fleet = await worldOf({
      '000000000012': {builds: 1, schedules: 2},
      '000000000013': {},
      '222222222222': {hasRole: false},
      '333333333333': {schedules: 1},
    });
    const left = await fleetRun(fleet);
    expect(left.closing.error).toBeUndefined();
    expect(left.exitCode).toBe(0);
    expect(left.waves.map(({accounts}) => accounts)).toEqual([
      ['000000000013'],
      ['333333333333', '000000000012'],
    ]);
    expect(left.waves.map(({typeToConfirm}) => typeToConfirm)).toEqual([
      'AWSServiceRoleForImageBuilder in 1 account',
      'AWSServiceRoleForImageBuilder in 2 accounts',
    ]);
    expect(left.beyond).toEqual([]);
    for (const simulator of fleet.accounts.values()) expect(simulator.account().role).toBeNull();
    expect(changesOf({requests: fleet.accounts.get('222222222222')?.requests ?? []})).toEqual([]);
  });

  it('changes nothing for a --confirm with another number, and names the right one', async () => {
    const fleet = await worldOf({'000000000012': {schedules: 1}, '000000000013': {}});
    const left = await fleetRun(fleet, {answers: {confirm: 'AWSServiceRoleForImageBuilder in 3 accounts'}});
    expect(left.exitCode).toBe(3);
    expect(left.state.ended?.message).toContain('--confirm "AWSServiceRoleForImageBuilder in 2 accounts"');
    for (const {requests} of fleet.accounts.values()) expect(changesOf({requests})).toEqual([]);
  });

  it('takes one --confirm for every wave, and asks nobody', async () => {
    const fleet = await worldOf({'000000000012': {schedules: 1}, '000000000013': {}});
    const left = await fleetRun(fleet, {answers: {confirm: 'AWSServiceRoleForImageBuilder in 2 accounts'}});
    expect([left.exitCode, left.waves]).toEqual([0, []]);
    for (const simulator of fleet.accounts.values()) expect(simulator.account().role).toBeNull();
  });

  it('does the rest where one account cannot be entered, and says that it is not known', async () => {
    const fleet = await worldOf({'000000000012': {closed: true}, '000000000013': {schedules: 1}});
    const left = await fleetRun(fleet);
    expect(left.exitCode).toBe(4);
    expect(left.state.accounts.get('000000000012')?.look).toMatchObject({
      outcome: 'closed',
      message: expect.stringContaining('AccessDenied') as string,
    });
    expect(fleet.accounts.get('000000000013')?.account().role).toBeNull();
  });

  it('enters an account by its own external id', async () => {
    const fleet = await worldOf({'000000000012': {externalId: 'partner-7'}});
    const left = await fleetRun(fleet, {accounts: [{id: '000000000012', externalId: 'partner-7'}]});
    expect(left.exitCode).toBe(0);
  });

  it('lets no further account be changed once one has failed and none may', async () => {
    const denied = {operation: 'DeleteServiceLinkedRole', always: true, fault: 'accessDenied'} as const;
    const fleet = await worldOf({
      '000000000012': {faults: [denied]},
      '000000000013': {schedules: 1},
      '000000000014': {schedules: 2},
    });
    const left = await fleetRun(fleet, {limits: {tolerate: 0}});
    expect(left.exitCode).toBe(1);
    expect(left.state.stopped).toBe('1 account failed, and 0 may');
    expect(left.waves.map(({accounts}) => accounts)).toEqual([['000000000012']]);
    for (const id of ['000000000013', '000000000014']) {
      expect(changesOf({requests: fleet.accounts.get(id)?.requests ?? []})).toEqual([]);
    }
  });

  it('only looks for a plan, and says how many accounts there are to agree to', async () => {
    const fleet = await worldOf({'000000000012': {schedules: 1}, '000000000013': {hasRole: false}});
    const left = await fleetRun(fleet, {mode: 'plan'});
    expect(left.exitCode).toBe(0);
    expect(left.state.ended?.message).toBe(
      '1 ready to change, 1 with nothing to change, nothing was changed',
    );
    for (const {requests} of fleet.accounts.values()) expect(changesOf({requests})).toEqual([]);
  });

  it('makes just the changes of a plan that it is given the digest of, or none at all', async () => {
    const fleet = await worldOf({'000000000012': {schedules: 1}, '000000000013': {}});
    const planned = await fleetRun(fleet, {mode: 'plan'});
    const planDigest = planned.state.ended?.plan ?? '';
    const confirm = 'AWSServiceRoleForImageBuilder in 2 accounts';
    const late = fleet.accounts.get('000000000013');
    // As many accounts, and one build more than the plan had.
    late?.surprise({
      upon: 'iam:GetRole',
      nth: 1,
      startBuild: {region: 'us-east-1', name: 'late', version: '1.0.0'},
    });
    const other = await fleetRun(fleet, {answers: {confirm, planDigest}});
    expect([other.exitCode, other.state.started?.mode]).toEqual([3, 'live']);
    const now = /--plan-digest (\w{64})/.exec(other.state.ended?.message ?? '')?.[1];
    expect(now).not.toBe(planDigest);
    for (const {requests} of fleet.accounts.values()) expect(changesOf({requests})).toEqual([]);
    const left = await fleetRun(fleet, {answers: {confirm, planDigest: now ?? ''}});
    expect([left.exitCode, left.waves]).toEqual([0, []]);
    for (const {account} of fleet.accounts.values()) expect(account().role).toBeNull();
  });

  it('goes on after an interruption: what was agreed to is not asked about again, and nothing is done twice', async () => {
    const fleet = await worldOf({
      '000000000012': {builds: 1, schedules: 1},
      '000000000013': {schedules: 1},
    });
    const first = await fleetRun(fleet, {
      limits: {canary: 2},
      happened: (_account, events, stop) => {
        if (events.some(({type}) => type === 'answered')) stop();
      },
    });
    expect([first.exitCode, first.waves.length]).toEqual([130, 1]);
    const second = await fleetResumed(fleet, first.closing.journal ?? '');
    expect([second.exitCode, second.waves]).toEqual([0, []]);
    for (const simulator of fleet.accounts.values()) {
      expect(simulator.account().role).toBeNull();
      const deleted = simulator.requests.filter(({operation}) => operation === 'DeleteServiceLinkedRole');
      expect(deleted.length).toBe(1);
    }
  });
});
