import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Arguments} from '../../../source/cli/command.ts';
import {reportFleet} from '../../../source/commands/fleet/report-fleet.ts';
import {verifiedFleet} from '../../../source/commands/fleet/verify-fleet.ts';
import type {FleetEvent} from '../../../source/fleet/events.ts';
import {initialFleet} from '../../../source/fleet/state.ts';
import {pageStyle} from '../../../source/report/html/page-style.ts';
import {summaryLines} from '../../../source/ui/fleet/fleet-lines.ts';
import {createPlainFleet} from '../../../source/ui/fleet/plain-fleet.ts';
import {fleetRun} from '../../support/fleet-runs.ts';
import {worldOf} from '../../support/fleet-world.ts';
import {type SimulatedFleet} from '../../support/simulated-fleet.ts';

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

/** Expects a page that assistive technology finds its way in. Returns its title. */
function usable(page: string): string {
  expect(page).toContain('<html lang="en">');
  const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  // No level is left out on the way down.
  expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
  for (const [head] of page.matchAll(/<th(?: [^>]*)?>/g)) expect(head).toMatch(/scope="(col|row)"/);
  for (const [, id] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(page).toContain(`id="${id}"`);
  for (const [area] of page.matchAll(/<div class="wide"[^>]*>/g))
    expect(area).toMatch(/role="region".*aria-label="[^"]+".*tabindex="0"/);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return /<title>([^<]+)</.exec(page)?.[1] ?? '';
}

/** Contrast of two colors as WCAG 2 defines it, for `#rgb` and `#rrggbb`. */
function contrast(one = '', other = ''): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const digits = color.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3').slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
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
    const titles = readdirSync(folder).map((file) => usable(readFileSync(join(folder, file), 'utf8')));
    expect(new Set(titles).size).toBe(3);
  });

  it.each(['light', 'dark'])('has words that stand out from the paper on a %s screen', (scheme) => {
    const [light = '', dark = ''] = [...pageStyle.matchAll(/:root \{([^}]*)\}/g)].map(([, rules]) => rules);
    const colors = new Map(
      [...(scheme === 'light' ? light : dark).matchAll(/--(\w+): (#\w+);/g)].map(([, name, color]) => [
        name,
        color,
      ]),
    );
    for (const word of ['ink', 'soft', 'accent', 'good', 'bad', 'warn']) {
      for (const paper of ['paper', 'raised']) {
        expect(contrast(colors.get(word), colors.get(paper)), `${word} on ${paper}`).toBeGreaterThanOrEqual(
          4.5,
        );
      }
    }
  });

  it('is read aloud in sentences: signs are words, and nothing is aligned', async () => {
    const fleet = await worldOf(all);
    const {events} = await fleetRun(fleet);
    let text = '';
    const view = createPlainFleet({write: (part) => (text += part), now: () => 0, spoken: true});
    view.publish(initialFleet, events);
    expect(text).toMatch(/^Under way\. Account 000000000012: \d+ changes in 2 Regions\. \d\d:\d\d:\d\d$/m);
    expect(text).toMatch(/^Unknown\. Account 000000000014: could not be entered: /m);
    expect(text).not.toMatch(/ {2}|^[✓●○!–?‖]/m);
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
