import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

const steps = `
  - id: windows
    title: Find the windows
    scope: region
    call: ssm:DescribeMaintenanceWindows
    output: '\${{ WindowIdentities[?Enabled].{id: WindowId, Enabled: Enabled} }}'
  - {id: agree, title: Agree, confirm: {message: Maintenance stops.}}
  - id: stop
    title: Stop them
    scope: region
    forEach: \${{ steps.windows.output }}
    update:
      read: ssm:GetMaintenanceWindow
      with: {WindowId: '\${{ item.id }}'}
      resource: \${{ @ }}
      write: ssm:UpdateMaintenanceWindow
      writeWith: {Replace: false}
      set: {Enabled: false}
      partial: true
      waitUntil: {minDelay: 1, maxDelay: 2, maxWaitTime: 60}
`;

let account: OtherAccount;
let enabled: Map<string, boolean>;
/** Reads that a window still answers as before, after a write. */
let late: number;

beforeEach(async () => {
  enabled = new Map([
    ['mw-1', true],
    ['mw-2', true],
    ['mw-3', false],
  ]);
  late = 3;
  const wanted = new Map<string, {readonly to: boolean; reads: number}>();
  const see = (id: string): boolean => {
    const change = wanted.get(id);
    if (change !== undefined && (change.reads -= 1) < 0) enabled.set(id, change.to);
    return enabled.get(id) ?? false;
  };
  account = await otherAccount({
    'ssm:DescribeMaintenanceWindows': () => ({
      WindowIdentities: [...enabled].map(([WindowId, Enabled]) => ({WindowId, Enabled})),
    }),
    'ssm:GetMaintenanceWindow': ({WindowId}) => ({
      WindowId,
      Name: 'nightly',
      Duration: 2,
      Enabled: see(String(WindowId)),
    }),
    'ssm:UpdateMaintenanceWindow': ({WindowId, Enabled}) => {
      wanted.set(String(WindowId), {to: Enabled === true, reads: late});
      return {WindowId};
    },
  });
});
afterEach(() => account.close());

function writes(): readonly unknown[] {
  return account.aws.requests.flatMap(({operation, input}) =>
    operation === 'ssm:UpdateMaintenanceWindow' ? [input] : [],
  );
}

describe('an update that AWS makes later, over HTTP', () => {
  it('asks with old and new value, waits until it is made, and is taken back by the same members', async () => {
    const made = await account.run(steps, '', {regions: ['eu-west-1']});
    expect(made.view.closing?.error).toBeUndefined();
    expect(made.exitCode).toBe(0);
    const asked = made.view.events.find((event) => event.type === 'asked');
    expect(asked?.question.changes.map(({target, detail}) => [target, detail])).toEqual([
      ['mw-1', 'Enabled true → false, Replace false'],
      ['mw-2', 'Enabled true → false, Replace false'],
    ]);
    expect(writes()).toEqual([
      {WindowId: 'mw-1', Enabled: false, Replace: false},
      {WindowId: 'mw-2', Enabled: false, Replace: false},
    ]);
    expect([...enabled.values()]).toEqual([false, false, false]);

    const undone = await account.undo(made);
    expect(undone.view.closing?.error).toBeUndefined();
    expect(undone.exitCode).toBe(0);
    expect([...enabled]).toEqual([
      ['mw-1', true],
      ['mw-2', true],
      ['mw-3', false],
    ]);
    expect(writes().slice(2)).toEqual([
      {WindowId: 'mw-2', Enabled: true, Replace: false},
      {WindowId: 'mw-1', Enabled: true, Replace: false},
    ]);
  });

  it('fails when its time is up, and says so', async () => {
    late = 10_000;
    const made = await account.run(steps, '', {regions: ['eu-west-1']});
    expect(made.exitCode).not.toBe(0);
    expect(made.view.closing?.state.ended?.message).toMatch(
      /written, and after 60 s Enabled is not as written/,
    );
    expect([...(made.view.closing?.state.changes ?? [])]).toHaveLength(2);
  });
});
