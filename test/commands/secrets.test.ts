import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

const env = {OLD: 'old "pass/word" one', NEW: 'new&secret=100% sure'};

let account: OtherAccount;
let passwords: string[];
let policy: string;

beforeEach(async () => {
  passwords = [];
  policy = '';
  account = await otherAccount({
    'iam:UpdateLoginProfile': ({Password}) => {
      passwords.push(String(Password));
      return {};
    },
    'iam:PutRolePolicy': ({PolicyDocument}) => {
      policy = String(PolicyDocument);
      return {};
    },
    'iam:GetRolePolicy': ({RoleName, PolicyName}) => ({
      RoleName,
      PolicyName,
      PolicyDocument: encodeURIComponent(policy),
    }),
  });
});

afterEach(() => account.close());

const passwordHead = 'inputs: {newPassword: {type: secret}, oldPassword: {type: secret}}\n';
const change = `
  - {id: ok, title: Agree, confirm: {message: Change the password}}
  - id: change
    title: Change the password
    call: iam:UpdateLoginProfile
    with: {UserName: kim, Password: '\${{ inputs.newPassword }}'}
    undo: {call: iam:UpdateLoginProfile, with: {UserName: kim, Password: '\${{ inputs.oldPassword }}'}}
`;
const inputs = ['newPassword=env:NEW', 'oldPassword=env:OLD'];

describe('an undo that needs a secret', () => {
  it('asks for it, as going on with a run does, and for no other', async () => {
    const done = await account.run(change, passwordHead, {inputs, env});
    expect(done.exitCode).toBe(0);
    await expect(account.undo(done)).rejects.toThrow(
      'the secret oldPassword is not in the journal: give it again, --input oldPassword=env:VARIABLE',
    );
    expect(passwords).toEqual([env.NEW]);
  });

  it('sends the secret, never its mask, and keeps it out of its own journal', async () => {
    const done = await account.run(change, passwordHead, {inputs, env});
    const undone = await account.undo(done, {inputs: ['oldPassword=env:OLD'], env});
    expect(undone.exitCode).toBe(0);
    expect(passwords).toEqual([env.NEW, env.OLD]);
    expect(undone.journal).toMatch(/<secret oldPassword [0-9a-f]{8}>/);
    expect(undone.journal).not.toContain(JSON.stringify(env.OLD).slice(1, -1));
  });
});

describe('a secret that comes back encoded', () => {
  const put = `
  - {id: ok, title: Agree, confirm: {message: Put the policy}}
  - id: put
    title: Put
    call: iam:PutRolePolicy
    with: {RoleName: a, PolicyName: p, PolicyDocument: '{"Statement":[{"Sid":"\${{ inputs.token }}"}]}'}
    undo: {impossible: it was put}
  - id: get
    title: Read it back
    call: iam:GetRolePolicy
    with: {RoleName: a, PolicyName: p}
    output: \${{ parse_json(from_url(PolicyDocument)) }}
    summary: the token is \${{ Statement[0].Sid }}
`;

  it.each(['plain-enough', 'with space & %41/slash', 'ünïcode'])(
    'is concealed on the screen and in the journal once it is decoded: %s',
    async (token) => {
      const {exitCode, journal, view} = await account.run(put, 'inputs: {token: {type: secret}}\n', {
        inputs: ['token=env:TOKEN'],
        env: {TOKEN: token},
      });
      expect(exitCode).toBe(0);
      expect(policy).toContain(token);
      const all = journal + JSON.stringify([view.events, view.closing?.state]);
      expect(all).not.toContain(token);
      expect(all).not.toContain(encodeURIComponent(token));
      expect(view.closing?.state.account.results['get']?.summary).toMatch(
        /^the token is <secret token [0-9a-f]{8}( url)?>$/,
      );
    },
  );
});
