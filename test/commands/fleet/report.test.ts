import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {Arguments} from '../../../source/cli/command.ts';
import {reportFleet} from '../../../source/commands/fleet/report-fleet.ts';
import {verifiedFleet} from '../../../source/commands/fleet/verify-fleet.ts';
import type {FleetEvent} from '../../../source/fleet/events.ts';
import {initialFleet} from '../../../source/fleet/state.ts';
import {summaryLines} from '../../../source/ui/fleet/fleet-lines.ts';
import {createPlainFleet} from '../../../source/ui/fleet/plain-fleet.ts';
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

function reported(
  {stateHome}: SimulatedFleet,
  format: string,
  out = join(stateHome, `report.${format}`),
): string {
  const given: Readonly<Record<string, string>> = {format, out};
  const args: Arguments = {positionals: [], flag: () => false, text: (name) => given[name], texts: () => []};
  expect(reportFleet(args, 'latest', {XDG_STATE_HOME: stateHome})).toBe(0);
  return readFileSync(format === 'html' ? join(out, 'index.html') : out, 'utf8');
}

function loggedLines(events: readonly FleetEvent[]): readonly string[] {
  let text = '';
  const view = createPlainFleet({write: (part) => (text += part), now: () => 0});
  view.publish(initialFleet, events);
  return text.split('\n');
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
    // What needs somebody comes first: the account that is not known, then the uses, then what is clear.
    expect(rows.slice(1).map((row) => row.slice(0, 12))).toEqual([
      '000000000014',
      '000000000012',
      '000000000012',
      '000000000013',
      '000000000013',
    ]);
    expect(summaryLines(left.state).slice(-4)).toEqual([
      expect.stringMatching(/^ {2}000000000014: could not be entered: .*AccessDenied/) as string,
      '3 still in use, in 2 Regions of 1 account:',
      '  000000000012 =cmd|a  eu-west-1  2 scheduled',
      '  000000000012 =cmd|a  us-east-1  1 running',
    ]);
  });

  it('is 0 for an inspection only where nobody uses Image Builder any more', async () => {
    const fleet = await worldOf({'000000000012': {schedules: 1}, '000000000013': {}});
    const used = await fleetRun(fleet, {runbook: 'inspect-service-linked-role'});
    expect([used.exitCode, used.state.ended?.message]).toEqual([
      4,
      '1 still in use, 1 with nothing to change',
    ]);
    const unused = await fleetRun(fleet, {
      runbook: 'inspect-service-linked-role',
      accounts: [{id: '000000000013'}],
    });
    expect(unused.exitCode).toBe(0);
  });

  it('writes out once a refusal that many accounts share, in the log, the summary and the report', async () => {
    const shut = {closed: true};
    const ids = ['000000000012', '000000000013', '000000000014'];
    const fleet = await worldOf(Object.fromEntries(ids.map((id) => [id, shut])));
    const left = await fleetRun(fleet, {mode: 'plan'});
    const lines = loggedLines(left.events);
    const whole = /is not authorized to perform: sts:AssumeRole/;
    expect(lines.filter((line) => whole.test(line))).toHaveLength(1);
    expect(
      lines.filter((line) => /could not be entered, as 0000000000\d\d: AccessDenied/.test(line)),
    ).toHaveLength(2);
    expect(summaryLines(left.state).filter((line) => whole.test(line))).toEqual([
      expect.stringMatching(/^ {2}000000000012, 000000000013, 000000000014: could not be entered/) as string,
    ]);
    expect(reported(fleet, 'md')).toContain('**3 accounts: could not be entered**');
  });

  it('is a page without a script, with one for each account that was entered beside it', async () => {
    const fleet = await worldOf(all);
    const left = await fleetRun(fleet, {answers: {}});
    const folder = join(fleet.stateHome, 'evidence');
    const page = reported(fleet, 'html', folder);
    expect(readdirSync(folder).toSorted()).toEqual(['000000000012.html', '000000000013.html', 'index.html']);
    expect(page).not.toContain('<script');
    const links = [...page.matchAll(/<a href="([^"]*)">/g)].map(([, to]) => to);
    expect([...new Set(links)].toSorted()).toEqual(['000000000012.html', '000000000013.html']);
    const row = left.state.accounts.get('000000000012');
    for (const text of [row?.run, row?.end?.head, left.state.waves[0]?.digest, left.closing.head]) {
      expect(page).toContain(text);
    }
    expect(readFileSync(join(folder, '000000000012.html'), 'utf8')).toContain('What was confirmed');
  });

  it('names each account, its run and its last record, and every consent as it was given', async () => {
    const fleet = await worldOf(all);
    const left = await fleetRun(fleet);
    const page = reported(fleet, 'md');
    const row = left.state.accounts.get('000000000012');
    expect(page).toContain('| `000000000012` | – | `1` | `done` | `4 made` |');
    expect(page).toContain(`| \`000000000012\` | \`${row?.run}\` | \`${row?.end?.head}\` |`);
    expect(page).toContain('agreed to by `kim`, who typed `AWSServiceRoleForImageBuilder in 1 account`');
    const json = JSON.parse(reported(fleet, 'json')) as {
      accounts: {id: string; report?: {run: {status: string}}}[];
    };
    expect(json.accounts.map(({id, report}) => [id, report?.run.status])).toEqual([
      ['000000000014', undefined],
      ['000000000012', 'done'],
      ['000000000013', 'done'],
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
