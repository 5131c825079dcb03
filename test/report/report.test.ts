import {readFileSync} from 'node:fs';
import {beforeAll, describe, expect, test} from 'vitest';
import {z} from 'zod';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {reportSchema, type Report} from '../../source/report/model.ts';
import {hostileStrings} from '../fixtures/hostile-strings.ts';
import {hostileRun} from '../support/hostile-run.ts';
import {simulatedRun} from '../support/simulated-run.ts';

const relapse = readJournal(new URL('../fixtures/relapse.jsonl', import.meta.url).pathname);

describe('the report of the relapse', () => {
  const report = reportOf(relapse);

  test('says who, on which account, and how it ended', () => {
    expect(report.caller).toEqual({
      account: '123456789012',
      alias: 'prod-images',
      arn: 'arn:aws:sts::123456789012:assumed-role/ops/kim',
      partition: 'aws',
      endpoint: '127.0.0.1:35951',
    });
    expect(report.run).toMatchObject({status: 'done', rounds: 2, simulation: true, mode: 'live'});
    expect(report.journal).toMatchObject({head: relapse.head, records: relapse.events.length});
  });

  test('says how each Region was found and how it was left', () => {
    expect(report.regions).toHaveLength(34);
    const region = report.regions.find((one) => one.region === 'us-east-1');
    expect(region?.found).toMatchObject({Builds: {inUse: 2}, Schedules: {inUse: 3}});
    expect(region?.left).toMatchObject({Builds: {inUse: 0}, Schedules: {inUse: 0}});
    expect(report.regions.every(({truth}) => truth === 'clear')).toBe(true);
  });

  test('says what was confirmed by whom with which words', () => {
    const answers = report.confirmations.map(({step, changes, answer}) => [
      step,
      changes,
      answer?.by,
      answer?.typed,
    ]);
    expect(answers).toEqual([
      ['approve', 18, 'demo', undefined],
      ['consent', 1, 'demo', 'AWSServiceRoleForImageBuilder'],
      ['approve', 1, 'demo', undefined],
    ]);
  });

  test('has each change with what became different', () => {
    expect(report.changes).toHaveLength(21);
    const updates = report.changes.filter(({operation}) => operation === 'imagebuilder:UpdateImagePipeline');
    expect(updates).toHaveLength(12);
    for (const {members} of updates) {
      const schedule = members?.find(({name}) => name === 'schedule');
      expect(schedule?.before).toMatchObject({scheduleExpression: expect.any(String)});
      expect(schedule).not.toHaveProperty('after');
      // Besides what was asked for, only what the service itself keeps is different.
      expect(members?.map(({name}) => name).filter((name) => !/^(schedule|date)/.test(name))).toEqual([]);
    }
  });

  test('says what failed and what became of it', () => {
    expect(report.failures).toHaveLength(1);
    expect(report.failures[0]).toMatchObject({
      step: 'deleted',
      outcome: 'went-back',
      wentBack: {to: 'builds', visit: 1, maxVisits: 5},
      usage: [{region: 'eu-west-2', reportedRegion: 'eu-north-1'}],
    });
  });
});

describe('the report of a run with faults', () => {
  let report: Report;
  let markdown: string;

  beforeAll(async () => {
    const {journal} = await simulatedRun({
      regions: ['us-east-1', 'eu-west-1', 'sa-east-1'],
      faults: [
        // The first is the read that was sent ahead of the run: it is made again, and counted then.
        {operation: 'ListImageBuildVersions', region: 'eu-west-1', first: 3, fault: 'throttle'},
        {operation: 'ListImagePipelines', region: 'sa-east-1', always: true, fault: 'deniedByScp'},
      ],
    });
    report = reportOf(readJournal(journal ?? ''));
    markdown = markdownOf(report);
  });

  test('counts the tries of what succeeded in the end', () => {
    const failure = report.failures.find(({region}) => region === 'eu-west-1');
    expect(failure).toMatchObject({tries: 2, outcome: 'succeeded-later', fault: {kind: 'throttled'}});
    expect(markdown).toMatch(/`eu-west-1`: throttled, failed 2 times, then succeeded/);
  });

  test('names what could not be looked at, and that nobody waived it', () => {
    expect(report.notLookedAt).toMatchObject([{region: 'sa-east-1', fault: {kind: 'denied'}, waived: null}]);
    expect(markdown).toMatch(/- Region `sa-east-1`: denied.*; \*\*nobody waived it\*\*/);
    expect(report.run.status).toBe('blocked');
  });
});

describe('the report of a run that was waived', () => {
  test('says who waived what, with which words', () => {
    const run = hostileRun(['eu-west-1']);
    // Later AWS names something there, which voids the waiver.
    const events = run.events.slice(0, run.events.findIndex(({type}) => type === 'waived') + 1);
    const report = reportOf({...run, events});
    const {waived} = report.regions[0] ?? {};
    expect(waived).toMatchObject({by: 'eu-west-1', typed: 'eu-west-1'});
  });
});

describe('the Markdown', () => {
  const markdown = markdownOf(reportOf(relapse));

  test.each([
    'Caller: `arn:aws:sts::123456789012:assumed-role/ops/kim`',
    'Account: `123456789012` `prod-images`',
    '| `us-east-1` | `Builds: 2 running; Schedules: 3 scheduled` |',
    'Found clear and left clear (25): `af-south-1`',
    'with the words `AWSServiceRoleForImageBuilder`',
    'Member `schedule`: `{"scheduleExpression":"cron(0 2 * * ? *)","timezone":"Europe/Berlin"}` → absent',
    'the run went back (1 of at most 5)',
    'reported in `eu-north-1`',
    '`handrail undo 20261122T051528Z-azjd`',
    'Journal hash: `faa63c707ef04cfc',
  ])('has %s', (part) => {
    expect(markdown).toContain(part);
  });
});

describe('the JSON', () => {
  test('fits its schema, whatever it holds', () => {
    reportSchema.parse(JSON.parse(JSON.stringify(reportOf(relapse))));
    for (const text of hostileStrings)
      reportSchema.parse(JSON.parse(JSON.stringify(reportOf(hostileRun([text])))));
  });

  test('has its schema in the docs as it is in the source', () => {
    const file = new URL('../../docs/report.schema.json', import.meta.url).pathname;
    const schema = z.toJSONSchema(reportSchema, {reused: 'ref'});
    // `npm run -s report-schema` writes it anew.
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
  });
});
