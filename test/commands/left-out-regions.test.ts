import {describe, expect, it} from 'vitest';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

const reason = 'closed by our service control policy';
const leftOut = {file: '~/.config/handrail/config.yaml', rules: [{region: 'me-*', reason}]};
const middleEast = ['me-central-1', 'me-south-1'];

function looked({requests}: SimulatedRun): ReadonlySet<string> {
  return new Set(
    requests.flatMap(({operation, region}) => (operation === 'ListImagePipelines' ? [region] : [])),
  );
}

/** What a Region is said to be at the end. */
function truths({state}: SimulatedRun, regions: readonly string[]): readonly (string | undefined)[] {
  return regions.map((region) => {
    const lane = state.lanes.get(region);
    return lane === undefined ? undefined : truthOf(state, lane);
  });
}

describe('Regions that the defaults leave out', () => {
  it.each(['delete-service-linked-role', 'inspect-service-linked-role'])(
    'are not asked about, and stay unknown with the reason in journal, summary and report: %s',
    async (runbook) => {
      const run = await simulatedRun({scenario: 'calm', runbook, leftOut});
      expect(run.exitCode).toBe(0);
      expect([...looked(run)].filter((region) => region.startsWith('me-'))).toEqual([]);
      expect(looked(run).size).toBe(32);
      const waived = run.events.flatMap((event) => (event.type === 'waived' ? [event] : []));
      const by = `ops/kim with ~/.config/handrail/config.yaml (${reason})`;
      expect(waived.map(({region, by: how, unlooked}) => ({region, how, unlooked}))).toEqual(
        middleEast.map((region) => ({region, how: by, unlooked: true})),
      );
      expect(truths(run, middleEast)).toEqual(['unknown', 'unknown']);
      expect(summaryText({state: run.state}).replaceAll(/\s+/g, ' ')).toContain(
        `Unknown not checked, ${by}: me-central-1, me-south-1`,
      );
      const report = markdownOf(reportOf(readJournal(run.journal ?? '')));
      expect(report.replaceAll(/\s+/g, ' ')).toContain(reason);
    },
  );

  it('are visited when they are named: an option outdoes the file', async () => {
    const run = await simulatedRun({scenario: 'calm', leftOut, regions: ['me-south-1']});
    expect(looked(run).has('me-south-1')).toBe(true);
    expect(looked(run).has('me-central-1')).toBe(false);
    const only = await simulatedRun({scenario: 'calm', leftOut, onlyRegions: ['me-south-1']});
    expect([...looked(only)][0]).toBe('me-south-1');
  });

  it('cannot be all Regions', async () => {
    const rules = [{region: '*', reason}];
    const run = await simulatedRun({scenario: 'calm', leftOut: {...leftOut, rules}});
    expect(run.exitCode).toBe(2);
    expect(run.error).toBe('~/.config/handrail/config.yaml leaves out every Region; name some with --region');
  });
});
