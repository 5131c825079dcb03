import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {inputSources} from '../../source/runs/answers/input-sources.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {ServiceError} from '../../source/simulator/service-error.ts';
import {fastClock} from '../support/fast-clock.ts';
import {otherAws, type OtherAws} from '../support/other-aws.ts';
import {recordingView, type RecordingView} from '../support/recording-view.ts';
import {yesToAll} from '../support/simulated-account.ts';

const account = '123456789012';
const file = resolve(import.meta.dirname, '../fixtures/delete-ssm-service-linked-role.yaml');
const secret = 'hunter2-correct-horse';

let aws: OtherAws;
let windows: Map<string, string>;
let role: boolean;
let refusal: boolean;

beforeEach(async () => {
  windows = new Map([
    ['mw-1', 'eu-west-1'],
    ['mw-2', 'eu-west-1'],
    ['mw-3', 'us-east-1'],
  ]);
  role = true;
  refusal = false;
  aws = await otherAws({
    'sts:GetCallerIdentity': () => ({
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/ops/kim`,
      UserId: 'A:kim',
    }),
    'iam:GetRole': ({RoleName}) => {
      if (!role) throw new ServiceError('NoSuchEntity', 404, 'no role');
      const Arn = `arn:aws:iam::${account}:role/aws-service-role/ssm.amazonaws.com/${String(RoleName)}`;
      return {Role: {Path: '/', RoleName, RoleId: 'A', Arn, CreateDate: '2024-01-01T00:00:00Z'}};
    },
    'iam:DeleteServiceLinkedRole': () => {
      role = false;
      return {DeletionTaskId: 'task/aws-service-role/ssm.amazonaws.com/x/y'};
    },
    'iam:GetServiceLinkedRoleDeletionStatus': () => ({Status: 'SUCCEEDED'}),
    'ssm:DescribeMaintenanceWindows': (_, region) => ({
      WindowIdentities: [...windows]
        .filter(([, home]) => home === region)
        .map(([WindowId]) => ({WindowId, Name: WindowId})),
    }),
    'ssm:DeleteMaintenanceWindow': ({WindowId}) => {
      windows.delete(String(WindowId));
      return {WindowId};
    },
    'ssm:PutParameter': ({Value}) => {
      if (refusal) throw new ServiceError('ValidationException', 400, `${String(Value)} is refused`);
      if (Value !== `by ${secret}`) throw new ServiceError('ValidationException', 400, 'not the secret');
      return {Version: 1};
    },
  });
});

afterEach(() => aws.close());

async function run(): Promise<{exitCode: number; view: RecordingView; journal: string}> {
  const clock = fastClock(500);
  const view = recordingView();
  const loaded = findRunbook(file);
  const never = new AbortController().signal;
  try {
    const exitCode = await execute(
      {
        loaded,
        inputs: inputValues(loaded.runbook, ['token=env:NOTE_TOKEN'], inputSources({NOTE_TOKEN: secret})),
        mode: 'live',
        simulation: false,
        regions: [],
        // It has no list of Regions that could say which others there are.
        onlyRegions: ['eu-west-1', 'us-east-1'],
        connection: {endpoint: aws.endpoint, credentials: simulatedCredentials},
        answers: yesToAll,
      },
      {
        view,
        clock,
        stopper: {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}},
        env: {XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'handrail-test-'))},
      },
    );
    return {exitCode, view, journal: readFileSync(view.closing?.journal ?? '', 'utf8')};
  } finally {
    clock.stop();
  }
}

describe("a runbook for another service's service-linked role", () => {
  it('runs to its end without anything in source that knows of it', async () => {
    const {exitCode, view} = await run();
    expect(view.closing?.error).toBeUndefined();
    expect(view.closing?.state.ended?.message).toBe('5 changes are made');
    expect(exitCode).toBe(0);
    expect(windows.size).toBe(0);
    expect(role).toBe(false);
  });

  it('sends its secret, and keeps it out of the journal and of everything that is shown', async () => {
    const {exitCode, view, journal} = await run();
    expect(exitCode).toBe(0);
    expect(aws.requests).toContainEqual(
      expect.objectContaining({
        operation: 'ssm:PutParameter',
        input: expect.objectContaining({Value: `by ${secret}`}),
      }),
    );
    expect(journal).not.toContain(secret);
    expect(JSON.stringify([view.events, view.closing?.state])).not.toContain(secret);
    expect(journal).toMatch(/by <secret token [0-9a-f]{8}>/);
  });

  it('does not let an error message tell the secret', async () => {
    refusal = true;
    const {exitCode, view, journal} = await run();
    expect(exitCode).toBe(1);
    expect(view.closing?.state.ended?.message).toMatch(/^by <secret token .*> is refused$/);
    expect(journal + JSON.stringify([view.events, view.closing])).not.toContain(secret);
  });
});
