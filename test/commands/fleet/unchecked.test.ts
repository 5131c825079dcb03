import {describe, expect, it} from 'vitest';
import {readJournal} from '../../../source/journal/read.ts';
import {childFile} from '../../../source/runs/fleet/fleet-journal.ts';
import {fleetReportOf, type FleetReport} from '../../../source/report/fleet/model.ts';
import {evolveFleetAll} from '../../../source/fleet/evolve.ts';
import {uncheckedGroups, uncheckedIn, uncheckedWhere} from '../../../source/fleet/unchecked.ts';
import {fleetCsv} from '../../../source/report/fleet/csv.ts';
import {fleetMarkdown} from '../../../source/report/fleet/markdown.ts';
import {accountRows} from '../../../source/ui/fleet/accounts/account-rows.ts';
import {uncheckedNotes} from '../../../source/ui/fleet/accounts/unchecked-notes.ts';
import {closingText} from '../../../source/ui/fleet/closing-text.ts';
import {fleetRun, type FleetLeft} from '../../support/fleet-runs.ts';
import {worldOf} from '../../support/fleet-world.ts';
import type {SimulatedFleet} from '../../support/simulated-fleet.ts';

const looks = 'inspect-service-linked-role';
const disabled = ['af-south-1'];

function reportOfFleet({stateHome}: SimulatedFleet, {state, events}: FleetLeft): FleetReport {
  return fleetReportOf(state, events, {file: '', records: 0, head: ''}, (run) =>
    readJournal(childFile(run, {XDG_STATE_HOME: stateHome})),
  );
}

describe('Regions that a fleet leaves out', () => {
  it('are in the list, the summary and every report: those of the defaults, and disabled ones', async () => {
    const fleet = await worldOf({'000000000012': {disabled}, '000000000013': {disabled}, '000000000014': {}});
    const defaults = {file: '~/config.yaml', leaveOut: [{region: 'us-*', reason: 'no images there'}]};
    const left = await fleetRun(fleet, {runbook: looks, defaults});
    const notes = uncheckedNotes(evolveFleetAll(left.events));
    expect(notes).toEqual([
      'af-south-1 not checked in 2 accounts: disabled for the account; it keeps its resources',
      'us-east-1 not checked in 3 accounts: left out by ~/config.yaml (no images there)',
    ]);
    for (const note of notes) expect(closingText(left.closing)).toContain(note);
    const report = reportOfFleet(fleet, left);
    const page = fleetMarkdown(report);
    expect(page).toMatch(/## What could not be checked[^]*`af-south-1`: `disabled for the account/);
    expect(page).toMatch(/in 2 accounts: `000000000012`, `000000000013`/);
    expect(page).toMatch(/`us-east-1`: `left out by [^]*in 3 accounts: every one that was entered/);
    // Nobody waived them by name.
    expect(page).not.toContain('Regions that somebody went on without');
    const rows = fleetCsv(report).split('\r\n');
    expect(rows.filter((row) => row.includes(',af-south-1,unlooked,disabled for the account'))).toHaveLength(
      2,
    );
    expect(rows.filter((row) => /,us-east-1,unknown,left out by /.test(row))).toHaveLength(3);
  });

  it('are all others where Regions are named for looks', async () => {
    const fleet = await worldOf({'000000000012': {}});
    const left = await fleetRun(fleet, {runbook: looks, regions: ['eu-west-1']});
    expect(uncheckedNotes(left.state)).toEqual(['all but eu-west-1 not checked in 1 account: not named']);
    const report = reportOfFleet(fleet, left);
    expect(fleetMarkdown(report)).toMatch(
      /Regions.*named by the operator: `eu-west-1`[^]*`all but eu-west-1`: `not named`/,
    );
    expect(fleetCsv(report)).toContain(',all but eu-west-1,unlooked,not named,');
  });

  it('are found by a filter, and chosen by no key', () => {
    const view = {filter: 'disabled', unfolded: new Set<string>()};
    const notes = ['af-south-1 not checked in 2 accounts: disabled', 'x not checked'];
    expect(accountRows([], view, notes)).toEqual([expect.objectContaining({kind: 'note', text: notes[0]})]);
  });

  it('are joined to one line where accounts have many different ones', () => {
    const rows = ['a', 'b', 'c', 'd'].map((one) => ({disabled: [`${one}-1`, 'x-1']}));
    const groups = uncheckedGroups(rows, (row) => row);
    expect(groups.map((group) => `${uncheckedWhere(group, 3)} ${uncheckedIn(group)}`)).toEqual([
      'a-1, b-1, c-1 and 2 more in some of 4 accounts',
    ]);
  });
});
