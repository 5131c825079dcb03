import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {otherAws, type OtherAws} from '../support/other-aws.ts';
import {ServiceError} from '../../source/simulator/service-error.ts';
import {wholeProgram} from '../support/whole-program.ts';

const secrets = {
  AWS_ACCESS_KEY_ID: 'AKIAQ3EGRZL7EXAMPLE1',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYsecret',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEJr//short-session-token',
  NEW: 'the new "pass/word" 100%',
};

const runbook = `handrail: 1
name: change-password
title: Change a password
inputs: {newPassword: {type: secret}}
steps:
  - {id: ok, title: Agree, confirm: {message: Change it}}
  - id: change
    title: Change the password
    call: iam:UpdateLoginProfile
    with: {UserName: kim, Password: '\${{ inputs.newPassword }}'}
    undo: {impossible: nobody knows the old one}
`;

let aws: OtherAws;
let home: string;
let refusals = 1;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'handrail-log-'));
  writeFileSync(join(home, 'change.yaml'), runbook);
  const Arn = 'arn:aws:sts::123456789012:assumed-role/ops/kim';
  aws = await otherAws({
    'sts:GetCallerIdentity': () => ({Account: '123456789012', Arn, UserId: 'A:kim'}),
    'iam:UpdateLoginProfile': ({Password}) => {
      refusals -= 1;
      // A service may repeat what it was given.
      if (refusals >= 0) throw new ServiceError('Throttling', 400, `slow down, ${String(Password)}`);
      return {};
    },
  });
});
afterAll(async () => {
  await aws.close();
  rmSync(home, {recursive: true, force: true});
});

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function handrail(argv: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Said> {
  const [command, ...args] = wholeProgram;
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_STATE_HOME: home,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    ...secrets,
    ...more,
  };
  return new Promise((resolve) => {
    execFile(command, [...args, ...argv], {env}, (error, out, err) => {
      resolve({code: error === null ? 0 : Number(error.code), out, err});
    });
  });
}

const wholeRun = (): readonly string[] => {
  const inputs = ['--input', 'newPassword=env:NEW', '--region', 'us-east-1'];
  return ['run', join(home, 'change.yaml'), ...inputs, '--yes'];
};

describe('the log', () => {
  it('has a line for each request and its outcome, and none of the secrets, with --debug', async () => {
    const {code, out, err} = await handrail([...wholeRun(), '--debug']);
    expect(out + err).toMatch(/handrail: the log is in \S+\.log\n$/);
    expect(code).toBe(0);
    const file = /the log is in (\S+)/.exec(err)?.[1] ?? '';
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const log = readFileSync(file, 'utf8');
    for (const secret of Object.values(secrets)) {
      expect(log).not.toContain(secret);
      expect(log).not.toContain(encodeURIComponent(secret));
      expect(log).not.toContain(Buffer.from(secret).toString('base64'));
    }
    expect(log).not.toMatch(/Signature=|Authorization|x-amz-/i);
    const lines = log.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z \S/);
    const about = (text: RegExp): readonly string[] => lines.filter((line) => text.test(line));
    expect(about(/ started handrail=\S+ node=v\d+.* command=run options=\S*\binput\b/)).toHaveLength(1);
    expect(about(/ terminal input=false output=false/)).toHaveLength(1);
    expect(about(/ credentials looked for from=environment/).length).toBeGreaterThan(0);
    expect(about(/ lock taken journal=.*\.jsonl overtaken=false/)).toHaveLength(1);
    expect(about(/ lock released /)).toHaveLength(1);
    expect(about(/ request number=\d+ operation=sts:GetCallerIdentity/).length).toBeGreaterThan(0);
    expect(about(/ answer .*operation=sts:GetCallerIdentity .*ms=[\d.]+ status=200/).length).toBeGreaterThan(
      0,
    );
    expect(about(/ no success .*operation=iam:UpdateLoginProfile.*status=400 kind=throttled/)).toHaveLength(
      1,
    );
    expect(about(/ call-failed .*retryAt=\d+/)).toHaveLength(1);
    expect(about(/ call-started .*operation=iam:UpdateLoginProfile.* attempt=2/)).toHaveLength(1);
    expect(about(/ ended code=0/)).toHaveLength(1);
  });

  it('goes where HANDRAIL_LOG says, is closed to others there, and is not spoken of', async () => {
    const file = join(home, 'my.log');
    writeFileSync(file, 'before\n', {mode: 0o644});
    const {code, err} = await handrail(['list'], {HANDRAIL_LOG: file});
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(readFileSync(file, 'utf8')).toMatch(/^before\n\S+ started [^]* ended code=0\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['there/is/no/folder.log', 'ENOENT'],
    ['.', 'EISDIR'],
    ['/dev/null', 'it is no regular file'],
  ])('that cannot be written is refused before anything begins: %s', async (path, reason) => {
    const state = join(home, `state-${reason.slice(0, 2)}`);
    mkdirSync(state);
    const asked = aws.requests.length;
    const file = path.startsWith('/') ? path : join(home, path);
    const {code, out, err} = await handrail(wholeRun(), {HANDRAIL_LOG: file, XDG_STATE_HOME: state});
    expect(err).toContain(`the log ${file === join(home, '.') ? home : file} cannot be written: ${reason}`);
    expect(err).toContain('correct HANDRAIL_LOG');
    expect(out).toBe('');
    expect(code).toBe(2);
    expect(aws.requests.length).toBe(asked);
    expect(readdirSync(state)).toEqual([]);
  });
});
