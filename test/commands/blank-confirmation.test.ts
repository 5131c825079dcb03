import {afterEach, expect, it} from 'vitest';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

let account: OtherAccount | undefined;

afterEach(() => account?.close());

const deletion = `
  - {id: ok, title: Agree, confirm: {message: Delete the role, typeToConfirm: '\${{ inputs.name }}'}}
  - {id: delete, title: Delete, call: iam:DeleteRole, with: {RoleName: a}, undo: {impossible: gone}}
`;

it('a confirmation that wants an empty text typed is refused before the run, whatever answers are given', async () => {
  account = await otherAccount({'iam:DeleteRole': () => ({})});
  const head = 'inputs: {name: {type: string}}\n';
  const {exitCode, view} = await account.run(deletion, head, {
    inputs: ['name='],
    answers: {everything: false, confirm: ['']},
  });
  expect(exitCode).toBe(2);
  expect(view.closing?.error).toMatch(/^a confirmation would want an empty text typed/);
  expect(account.aws.requests.some(({operation}) => operation === 'iam:DeleteRole')).toBe(false);
});
