import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {recordTest} from '../../source/authoring/record/record-test.ts';
import {runTestFile} from '../../source/authoring/tests/run-tests.ts';
import type {FileResult} from '../../source/authoring/tests/results.ts';
import {otherAccount} from '../support/other-run.ts';
import {simulatedRun, type SimulatedRunOptions} from '../support/simulated-run.ts';

const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'recorded.test.yaml');

async function playedAgain(text: string): Promise<FileResult> {
  writeFileSync(file, text);
  return runTestFile(file);
}

const quick = ['retryWaitSeconds=0.2', 'pollSeconds=0.2'];
const regions = ['eu-west-1', 'us-east-1', 'us-west-2'];

const runs: readonly (readonly [string, SimulatedRunOptions])[] = [
  ['that removed the role', {inputs: quick, onlyRegions: regions}],
  ['with --plan', {inputs: quick, mode: 'plan'}],
  ['that found no role', {scenario: 'calm', runbook: 'inspect-service-linked-role'}],
  ['that was declined', {inputs: quick, answers: {yes: false, confirm: [], everything: false}}],
  [
    'with errors on its way',
    {
      inputs: quick,
      onlyRegions: regions,
      faults: [
        {operation: 'ListImagePipelines', region: 'eu-west-1', first: 2, fault: 'throttle'},
        {operation: 'DeleteServiceLinkedRole', first: 1, fault: 'reset'},
        {operation: 'UpdateImagePipeline', first: 1, fault: 'lostAnswer'},
      ],
    },
  ],
  [
    'that a denied Region blocked',
    {
      inputs: quick,
      faults: [{operation: 'ListImagePipelines', region: 'eu-west-1', always: true, fault: 'deniedByScp'}],
    },
  ],
];

const secretHead = 'inputs: {token: {type: secret}}\n';
const putParameter = `
  - id: approve
    title: Agree
    confirm: {message: Put it}
  - id: put
    title: Put it
    call: ssm:PutParameter
    with: {Name: /a, Value: 'by ${'${{ inputs.token }}'}'}
`;
const putParameterFile = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'test.yaml');
writeFileSync(putParameterFile, `handrail: 1\nname: test\ntitle: Test\n${secretHead}steps:\n${putParameter}`);

describe('a test made from the journal of a run', () => {
  it.each(runs)('%s passes', async (_how, options) => {
    const {journal = ''} = await simulatedRun(options);
    const {cases, problems} = await playedAgain(await recordTest(journal));
    expect(problems).toEqual([]);
    expect(cases.map(({failures}) => failures.map(({message}) => message))).toEqual([[]]);
  });

  it('keeps the masks of secrets as masks, and passes', async () => {
    const account = await otherAccount({'ssm:PutParameter': () => ({Version: 1})});
    try {
      const {file: journal} = await account.run(putParameter, secretHead, {
        inputs: ['token=env:TOKEN'],
        env: {TOKEN: 'hunter2-correct-horse'},
      });
      const text = (await recordTest(journal)).replace('runbook: test.yaml', `runbook: ${putParameterFile}`);
      expect(text).toMatch(/token: <secret token [0-9a-f]{8}>/);
      expect(text).not.toContain('hunter2');
      const {cases, problems} = await playedAgain(text);
      expect(problems).toEqual([]);
      expect(cases.map(({failures}) => failures.map(({message}) => message))).toEqual([[]]);
    } finally {
      await account.close();
    }
  });

  it('is refused for a run that a test cannot play', async () => {
    const journals = join(import.meta.dirname, '../fixtures/journals-of-0.1.0');
    await expect(recordTest(join(journals, 'interrupted-in-a-wait.jsonl'))).rejects.toThrow(
      /has not ended: no test can be made of it/,
    );
  });
});
