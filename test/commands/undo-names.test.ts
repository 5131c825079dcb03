import {afterEach, expect, it} from 'vitest';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

let account: OtherAccount | undefined;

afterEach(() => account?.close());

it.each([
  ['has a step called approveUndo', 'approveUndo', 'Make an alias'],
  ['has a title as long as a title may be', 'make', 'Alias '.repeat(83)],
])('a run can be taken back though its runbook %s', async (_, id, title) => {
  let aliases = 0;
  account = await otherAccount({
    'iam:CreateAccountAlias': () => {
      aliases += 1;
      return {};
    },
    'iam:DeleteAccountAlias': () => {
      aliases -= 1;
      return {};
    },
  });
  const done = await account.run(`
  - {id: ok, title: Agree, confirm: {message: Make it}}
  - id: ${id}
    title: ${title}
    call: iam:CreateAccountAlias
    with: {AccountAlias: a}
    undo: {call: iam:DeleteAccountAlias, with: {AccountAlias: a}}
`);
  expect(done.exitCode).toBe(0);
  expect(aliases).toBe(1);
  const undone = await account.undo(done);
  expect(undone.exitCode).toBe(0);
  expect(aliases).toBe(0);
});
