import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import type {Question, RunQuestion} from '../../source/engine/model/events.ts';
import type {Answer} from '../../source/engine/model/ports.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {execute} from '../../source/runs/start-run.ts';
import {fastClock} from '../support/fast-clock.ts';
import {otherAws, type OtherAws} from '../support/other-aws.ts';
import {recordingView, type RecordingView} from '../support/recording-view.ts';

const regions = ['eu-west-1', 'us-east-1'];

let aws: OtherAws;
let parameters: Map<string, string>;

beforeEach(async () => {
  parameters = new Map([
    ['a', 'eu-west-1'],
    ['b', 'eu-west-1'],
    ['c', 'us-east-1'],
  ]);
  aws = await otherAws({
    'sts:GetCallerIdentity': () => ({
      Account: '123456789012',
      Arn: 'arn:aws:sts::123456789012:assumed-role/ops/kim',
      UserId: 'A:kim',
    }),
    'ssm:DescribeParameters': (_, region) => ({
      Parameters: [...parameters].filter(([, home]) => home === region).map(([Name]) => ({Name})),
    }),
    'ssm:DeleteParameter': ({Name}) => {
      parameters.delete(String(Name));
      return {};
    },
    'ssm:PutParameter': () => ({Version: 1}),
  });
});

afterEach(() => aws.close());

const find = [
  '  - id: found\n    title: Find them\n    scope: region\n    call: ssm:DescribeParameters',
  "    output: '${{ Parameters[].{name: Name} }}'",
].join('\n');

const removal = [
  '  - id: delete\n    title: Delete them\n    scope: region\n    forEach: ${{ steps.found.output }}',
  "    call: ssm:DeleteParameter\n    with: {Name: '${{ item.name }}'}\n    undo: {impossible: gone}",
].join('\n');

const typed =
  '  - {id: agree, title: Agree, confirm: {message: Parameters are deleted., typeToConfirm: DELETE}}';

function yes(question: Question): Answer {
  return {
    accepted: true,
    by: 'test',
    ...(question.kind === 'type-text' ? {typed: question.typeToConfirm} : {}),
  };
}

/** What a run asked, in order. */
function askedIn({events}: RecordingView): readonly RunQuestion[] {
  return events.flatMap((event) => (event.type === 'asked' ? [event.question] : []));
}

function typedOf(question: RunQuestion): string | undefined {
  return question.kind === 'type-text' ? question.typeToConfirm : undefined;
}

async function run(
  steps: readonly string[],
  answer: (question: Question) => Answer = yes,
  answers: Partial<GivenAnswers> = {},
  more: Partial<RecordingView> = {},
): Promise<{exitCode: number; view: RecordingView}> {
  const clock = fastClock(500);
  const view = Object.assign(recordingView(answer), more);
  const never = new AbortController().signal;
  try {
    const exitCode = await execute(
      {
        loaded: parseRunbook(
          'test.yaml',
          `handrail: 1\nname: test\ntitle: Test\nsteps:\n${steps.join('\n')}\n`,
        ),
        inputs: {},
        mode: 'live',
        simulation: false,
        regions,
        connection: {endpoint: aws.endpoint, credentials: simulatedCredentials},
        answers: {yes: false, confirm: [], everything: false, waive: [], ...answers},
      },
      {
        view,
        clock,
        stopper: {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}},
        env: {XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'handrail-test-'))},
      },
    );
    return {exitCode, view};
  } finally {
    clock.stop();
  }
}

const deletions = (): readonly unknown[] =>
  aws.requests.filter(({operation}) => operation === 'ssm:DeleteParameter').map(({input}) => input['Name']);

describe('a confirmation is for the changes that it showed', () => {
  it('and those that are found after it are asked about where they are made, with the same text, in one question', async () => {
    const {exitCode, view} = await run([typed, find, removal]);
    expect(exitCode).toBe(0);
    expect(askedIn(view).map((asked) => [asked.step, typedOf(asked)])).toEqual([
      ['agree', 'DELETE'],
      ['delete', 'DELETE'],
    ]);
    expect(askedIn(view)[1]?.changes.map(({region, target, request}) => [region, target, request])).toEqual([
      ['eu-west-1', 'a', {Name: 'a'}],
      ['eu-west-1', 'b', {Name: 'b'}],
      ['us-east-1', 'c', {Name: 'c'}],
    ]);
    expect(askedIn(view)[1]?.message).toMatch(
      /^Nobody has agreed to these changes yet: .*Parameters are deleted\.$/,
    );
    expect(deletions()).toHaveLength(3);
  });

  it('and nothing of what was found after it is sent when the operator says no to it', async () => {
    const {exitCode} = await run([typed, find, removal], (question) =>
      'step' in question && question.step === 'agree' ? yes(question) : {accepted: false, by: 'test'},
    );
    expect(exitCode).toBe(3);
    expect(deletions()).toEqual([]);
  });

  it('so one that was skipped since nothing was to be changed covers nothing', async () => {
    const note = [
      '  - {id: first, title: First, confirm: {message: A note is put.}}',
      '  - {id: note, title: Note, call: ssm:PutParameter, with: {Name: n, Value: v}, undo: {impossible: kept}}',
    ].join('\n');
    // What is looked for comes to nothing before the confirmation, and to something after it.
    const late = find
      .replace('id: found', 'id: early')
      .replace('Parameters[]', "Parameters[?Name == ''none'']");
    const either = removal.replace(
      'steps.found.output',
      'not_null(optional(steps.found.output), steps.early.output)',
    );
    const {exitCode, view} = await run([note, late, typed, find, either]);
    expect(exitCode).toBe(0);
    expect(view.events).toContainEqual(expect.objectContaining({type: 'step-skipped', step: 'agree'}));
    expect(askedIn(view).map(({step}) => step)).toEqual(['first', 'delete']);
    expect(askedIn(view).map(typedOf)).toEqual([undefined, 'DELETE']);
    expect(deletions()).toHaveLength(3);
  });

  it('so what was found before it is asked about once', async () => {
    const {exitCode, view} = await run([find, typed, removal]);
    expect(exitCode).toBe(0);
    expect(askedIn(view).map(({step}) => step)).toEqual(['agree']);
    expect(deletions()).toHaveLength(3);
  });

  it('and an option answers each question by itself, in the journal', async () => {
    const {exitCode, view} = await run([typed, find, removal], undefined, {confirm: ['DELETE']});
    expect(exitCode).toBe(0);
    expect(view.events.filter(({type}) => type === 'answered')).toMatchObject([
      {step: 'agree', accepted: true, typed: 'DELETE'},
      {step: 'delete', accepted: true, typed: 'DELETE'},
    ]);
    expect(deletions()).toHaveLength(3);
  });
});

describe('an answer at the terminal', () => {
  it('is the caller’s in the journal, and so is what the keys ask for', async () => {
    let steer: ((command: Command) => void) | undefined;
    const {view} = await run(
      [find, typed, removal],
      (question) => {
        steer?.({do: 'pause'});
        steer?.({do: 'continue'});
        return {...yes(question), by: 'terminal'};
      },
      {},
      {steering: (handler) => (steer = handler)},
    );
    const named = view.events.filter(({type}) => type === 'answered' || type === 'continued');
    expect(named.map((event) => ('by' in event ? event.by : ''))).toEqual(['ops/kim', 'ops/kim']);
    expect(new Set(named.map(({type}) => type)).size).toBe(2);
  });
});
