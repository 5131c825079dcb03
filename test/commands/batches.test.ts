import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {ServiceError} from '../../source/simulator/service-error.ts';
import {openBench, type Manner} from '../resume/cut-off.ts';
import {oneRegion} from '../resume/one-region.ts';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

const names = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];

const steps = `
  - {id: agree, title: Agree, confirm: {message: Parameters are deleted.}}
  - id: delete
    title: Delete them
    scope: region
    forEach: '\${{ inputs.names }}'
    maxConcurrency: 5
    batch: {canary: 1, size: 2, pause: 20s, stopAfterFailures: 2}
    call: ssm:DeleteParameter
    with: {Name: '\${{ item }}'}
    undo: {impossible: gone}
`;
const head = `inputs: {names: {type: list, default: [${names.join(', ')}]}}\n`;

const describing = `handrail: 1
name: describe-all
title: Describe the pipelines
regionsOf: imagebuilder
steps:
  - id: pipelines
    title: Find pipelines
    scope: region
    call: imagebuilder:ListImagePipelines
    output: '\${{ imagePipelineList[].arn }}'
  - {id: agree, title: Agree, confirm: {message: Each pipeline gets a description.}}
  - id: describe
    title: Describe them
    scope: region
    forEach: \${{ steps.pipelines.output }}
    batch: {canary: 1, size: 3, pause: 60s}
    update:
      read: imagebuilder:GetImagePipeline
      with: {imagePipelineArn: '\${{ item }}'}
      resource: \${{ imagePipeline }}
      write: imagebuilder:UpdateImagePipeline
      set: {description: kept}
`;

let account: OtherAccount;
let refused: ReadonlySet<string>;

beforeEach(async () => {
  refused = new Set();
  account = await otherAccount({
    'ssm:DeleteParameter': ({Name}) => {
      if (refused.has(String(Name)))
        throw new ServiceError('ValidationException', 400, `not ${String(Name)}`);
      return {};
    },
  });
});
afterEach(() => account.close());

type Ended = Extract<Event, {type: 'batch-ended'}>;

const stopInPause: Manner['published'] = (_, events, {stop}) => {
  if (events.some(({type}) => type === 'batch-ended')) stop();
};

describe('changes in batches, over HTTP', () => {
  it('go out as batches, each a pause after the one before', async () => {
    const {exitCode, view} = await account.run(steps, head, {regions: ['eu-west-1']});
    expect(view.closing?.error).toBeUndefined();
    expect(exitCode).toBe(0);
    const ended = view.events.filter((event): event is Ended => event.type === 'batch-ended');
    expect(ended.map(({batch, next, of}) => [batch, next, of])).toEqual([
      [1, 2, 4],
      [2, 3, 4],
      [3, 4, 4],
    ]);
    const sent = view.events.filter((event) => event.type === 'call-started');
    expect(sent.map(({item}) => item)).toEqual(names);
    for (const {at, resumeAt = 0} of ended) {
      expect(resumeAt).toBe(at + 20_000);
      expect(sent.filter((call) => call.at > at && call.at < resumeAt)).toEqual([]);
    }
  });

  it('stop after as many failures as were agreed to, and nothing more is sent', async () => {
    refused = new Set(['p2', 'p3', 'p5']);
    const {exitCode, view} = await account.run(steps, head, {regions: ['eu-west-1']});
    expect(exitCode).not.toBe(0);
    const sent = account.aws.requests.filter(({operation}) => operation === 'ssm:DeleteParameter');
    expect(sent.map(({input}) => input['Name']).sort()).toEqual(['p1', 'p2', 'p3']);
    expect(view.closing?.state.ended?.message).toMatch(
      /not p2; stopped in batch 2 of 4: 2 failed, 1 of 6 done/,
    );
  });

  it('keep to the time of the next batch when the run is stopped in a pause and resumed', async () => {
    const bench = await openBench(oneRegion({everyRegion: {manual: 5, finished: 0}}));
    const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'describe-all.yaml');
    writeFileSync(file, describing);
    try {
      await bench.begin({published: stopInPause}, {runbook: file});
      const [ended] = bench.events().filter((event): event is Ended => event.type === 'batch-ended');
      const {exitCode} = await bench.goOn();
      expect(exitCode).toBe(0);
      const resumed = bench.events().findIndex(({type}) => type === 'resumed');
      const later = bench.events().slice(resumed);
      const next = later.find((event) => event.type === 'call-started');
      expect(next?.at).toBeGreaterThanOrEqual(ended?.resumeAt ?? Infinity);
      const writes = bench.account.simulator.requests.filter(({operation}) => operation.startsWith('Update'));
      expect(writes).toHaveLength(6);
    } finally {
      await bench.close();
    }
  });
});
