import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {Arguments} from '../../../source/cli/command.ts';
import {reportFleet} from '../../../source/commands/fleet/report-fleet.ts';
import {verifiedFleet} from '../../../source/commands/fleet/verify-fleet.ts';
import {fleetRun} from '../../support/fleet-runs.ts';
import {simulatedFleet, type AccountWorld, type SimulatedFleet} from '../../support/simulated-fleet.ts';

let world: SimulatedFleet | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function worldOf(worlds: Readonly<Record<string, AccountWorld>>): Promise<SimulatedFleet> {
  world = await simulatedFleet(worlds);
  return world;
}

function reported({stateHome}: SimulatedFleet, format: string): string {
  const out = join(stateHome, `report.${format}`);
  const given: Readonly<Record<string, string>> = {format, out};
  const args: Arguments = {positionals: [], flag: () => false, text: (name) => given[name], texts: () => []};
  expect(reportFleet(args, 'latest', {XDG_STATE_HOME: stateHome})).toBe(0);
  return readFileSync(out, 'utf8');
}

const all = {
  '000000000012': {builds: 1, schedules: 2},
  '000000000013': {hasRole: false},
  '000000000014': {closed: true},
} as const;

describe('the report of a fleet', () => {
  it('says by account and Region who still uses Image Builder, and which account is not known', async () => {
    const fleet = await worldOf(all);
    const accounts = [{id: '000000000012', name: '=cmd|a'}, {id: '000000000013'}, {id: '000000000014'}];
    const left = await fleetRun(fleet, {runbook: 'inspect-service-linked-role', accounts});
    expect(left.exitCode).toBe(4);
    const rows = reported(fleet, 'csv').trimEnd().split('\r\n');
    expect(rows[0]).toContain('account,name,ou,wave,standing,message,region,state');
    const used = rows.filter((row) => row.startsWith('000000000012'));
    expect(used.map((row) => /(eu-west-1|us-east-1),(in-use|clear)/.exec(row)?.[0])).toEqual([
      'eu-west-1,in-use',
      'us-east-1,in-use',
    ]);
    // A spreadsheet would run a name that begins with an equals sign.
    expect(used[0]).toContain(",'=cmd|a,");
    expect(rows.filter((row) => row.startsWith('000000000014'))).toEqual([
      expect.stringContaining('could not be entered') as string,
    ]);
  });

  it('names each account, its run and its last record, and every consent as it was given', async () => {
    const fleet = await worldOf(all);
    const left = await fleetRun(fleet);
    const page = reported(fleet, 'md');
    const row = left.state.accounts.get('000000000012');
    expect(page).toMatch(
      new RegExp(
        `\\| \`000000000012\` \\| – \\| \`1\` \\| \`done\` \\| \`4 made\` \\|.*${row?.run}.*${row?.end?.head}`,
      ),
    );
    expect(page).toContain('agreed to by `kim`, who typed `AWSServiceRoleForImageBuilder in 1 account`');
    const json = JSON.parse(reported(fleet, 'json')) as {
      accounts: {id: string; report?: {run: {status: string}}}[];
    };
    expect(json.accounts.map(({id, report}) => [id, report?.run.status])).toEqual([
      ['000000000012', 'done'],
      ['000000000013', 'done'],
      ['000000000014', undefined],
    ]);
  });

  it('is not believed blindly: a run whose journal is gone or does not end where the fleet says is named', async () => {
    const fleet = await worldOf({'000000000012': {}});
    const left = await fleetRun(fleet);
    const env = {XDG_STATE_HOME: fleet.stateHome};
    expect(verifiedFleet('latest', env)).toMatchObject({isWhole: true});
    const run = left.state.accounts.get('000000000012')?.run ?? '';
    rmSync(join(fleet.stateHome, 'handrail', `${run}.jsonl`));
    const {isWhole, lines} = verifiedFleet('latest', env);
    expect(isWhole).toBe(false);
    expect(lines.at(-1)).toMatch(new RegExp(`^! 000000000012, run ${run}: its journal .* is not there$`));
  });
});
