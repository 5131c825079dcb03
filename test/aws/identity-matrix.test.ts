import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {askCli, awsCli} from './matrix/aws-cli.ts';
import {askHandrail} from './matrix/ask-handrail.ts';
import {agree, documentFile, documentOf, keptAnswers, nameOf} from './matrix/document.ts';
import {reasonFor, reasons} from './matrix/reasons.ts';
import {startRecorder, type Recorder} from './matrix/recorder.ts';
import {matrix} from './matrix/rows.ts';

const rows = matrix();
const everyNth = 100;
let recorder: Recorder;
let ours: readonly string[][];
beforeAll(async () => {
  recorder = await startRecorder();
  ours = await askHandrail(rows, recorder);
}, 600_000);
afterAll(() => recorder.close());

describe('sources of keys × settings', () => {
  test('every row has a name to itself, and there are at least 120', () => {
    expect(new Set(rows.map(nameOf)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(120);
  });

  test('host, Region, service and key are those of the table in every row', () => {
    const byRow = (ways: readonly (readonly string[])[]): object =>
      Object.fromEntries(rows.map((row, index) => [nameOf(row), ways[index]]));
    expect(byRow(ours)).toEqual(byRow(rows.map(({expected}) => expected)));
  });

  test('docs/identity-matrix.md says so: npm run -s identity', () => {
    expect(readFileSync(documentFile, 'utf8')).toBe(documentOf(rows, ours, keptAnswers()));
  });

  test('each kept difference to the AWS CLI has a reason, and each reason explains one', () => {
    const differences = Object.entries(keptAnswers()).flatMap(([version, answers]) =>
      rows.flatMap((row) => {
        const theirs = answers[nameOf(row)];
        return theirs === undefined || agree(row.expected, theirs) ? [] : [{row, version}];
      }),
    );
    const unexplained = differences.filter(({row, version}) => reasonFor(row, version) === undefined);
    expect(unexplained.map(({row, version}) => `${version}: ${nameOf(row)}`)).toEqual([]);
    const used = new Set(differences.map(({row, version}) => reasonFor(row, version)));
    expect(reasons.filter((reason) => !used.has(reason))).toEqual([]);
  });

  test(
    'the AWS CLI of this host, where there is one, sends the same in every hundredth row',
    {
      timeout: 600_000,
    },
    async () => {
      const cli = awsCli();
      if (cli === undefined) return;
      // All of them take minutes: `npm run -s identity -- --cli`.
      const asked = rows.filter((_, index) => index % everyNth === 0);
      const theirs = await askCli(cli, asked, recorder);
      const others = asked.flatMap((row, index) =>
        agree(row.expected, theirs[index] ?? []) || reasonFor(row, cli.version) !== undefined
          ? []
          : [{row: nameOf(row), expected: row.expected, theirs: theirs[index]}],
      );
      expect(others).toEqual([]);
    },
  );
});
