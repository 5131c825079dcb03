import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

let account: OtherAccount;
let users: Set<string>;

beforeEach(async () => {
  users = new Set();
  account = await otherAccount({
    'iam:CreateUser': ({UserName}) => {
      const name = String(UserName);
      users.add(name);
      return {
        User: {
          Path: '/',
          UserName: name,
          UserId: 'U',
          Arn: `arn:aws:iam::1:user/${name}`,
          CreateDate: '2026-01-01T00:00:00Z',
        },
      };
    },
    'iam:DeleteUser': ({UserName}) => {
      users.delete(String(UserName));
      return {};
    },
    'iam:ListUsers': () => ({IsTruncated: false, Users: []}),
  });
});

afterEach(() => account.close());

/** Makes a user, and keeps something of the answer that is not there. */
const creation = `
  - {id: ok, title: Agree, confirm: {message: A user is made.}}
  - id: create
    title: Make a user
    call: iam:CreateUser
    with: {UserName: kim}
    output: \${{ User.Tags[0].Value }}
    undo: {call: iam:DeleteUser, with: {UserName: '\${{ output.User.UserName }}'}}
`;

function sent(operation: string): number {
  return account.aws.requests.filter((request) => request.operation === operation).length;
}

describe('a mistake in the output of a change that was made', () => {
  it('fails the step as a mistake of the runbook, and the change is not made again', async () => {
    const {exitCode, view} = await account.run(creation);
    expect(exitCode).toBe(1);
    expect(view.closing?.state.account.fault).toMatchObject({kind: 'expression', name: 'ExpressionError'});
    expect(view.closing?.state.account.fault?.remedy).toMatch(/^the change was made and is in the journal/);
    expect(sent('iam:CreateUser')).toBe(1);
  });

  it('leaves the change recorded, with its answer, so that it can be undone', async () => {
    const done = await account.run(creation);
    expect([...(done.view.closing?.state.changes ?? [])]).toMatchObject([
      {operation: 'iam:CreateUser', request: {UserName: 'kim'}, output: {User: {UserName: 'kim'}}},
    ]);
    expect(users).toEqual(new Set(['kim']));
    const undone = await account.undo(done);
    expect(undone.exitCode).toBe(0);
    expect(users).toEqual(new Set());
  });
});

describe('a mistake in what is kept of a look', () => {
  it('is no answer of AWS that makes no sense, and the look is not repeated', async () => {
    const {exitCode, view} = await account.run(
      `  - {id: look, title: Look, call: iam:ListUsers, output: '\${{ Users[0].Arn }}'}\n`,
    );
    expect(exitCode).toBe(1);
    expect(view.closing?.state.account.fault).toMatchObject({kind: 'expression', name: 'ExpressionError'});
    expect(sent('iam:ListUsers')).toBe(1);
  });
});
