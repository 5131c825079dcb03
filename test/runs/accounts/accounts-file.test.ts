import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {accountsFile, accountsIn} from '../../../source/runs/accounts/accounts-file.ts';

const env = {PARTNER_ID: 'a-word'};

function accountsOf(text: string) {
  return accountsIn('accounts.yml', text, env);
}

/** An account as the AWS CLI prints it. */
const row = (id: string, more: object) => ({
  Id: id,
  Arn: `arn:aws:organizations::100000000001:account/o-exampleorg1/${id}`,
  Email: 'root@example.com',
  Name: `name-${id}`,
  JoinedMethod: 'CREATED',
  JoinedTimestamp: '2020-09-13T12:26:40+00:00',
  ...more,
});

describe('a file of accounts', () => {
  test('is the answer of aws organizations list-accounts: State wins over Status, the ARN names the management account', () => {
    const text = JSON.stringify({
      Accounts: [
        row('100000000001', {Status: 'ACTIVE', State: 'ACTIVE'}),
        row('012345678901', {Status: 'ACTIVE'}),
        row('200000000002', {Status: 'SUSPENDED', State: 'CLOSED'}),
        row('200000000003', {Status: 'ACTIVE', State: 'PENDING_ACTIVATION'}),
      ],
    });
    expect(accountsOf(text).listed).toEqual([
      {account: {id: '100000000001', name: 'name-100000000001'}, state: 'ACTIVE', management: true},
      {account: {id: '012345678901', name: 'name-012345678901'}, state: 'ACTIVE'},
      {account: {id: '200000000002', name: 'name-200000000002'}, state: 'CLOSED'},
      {account: {id: '200000000003', name: 'name-200000000003'}, state: 'PENDING_ACTIVATION'},
    ]);
  });

  test("is the list alone, as --query 'Accounts[]' prints it", () => {
    expect(accountsOf('[{"Id": "012345678901"}]').listed).toEqual([{account: {id: '012345678901'}}]);
  });

  test("is c7n-org's: roles as ARNs, tags as texts, all Regions, anchors", () => {
    const text = `
vars: &vars {charge_code: xyz}
accounts:
- account_id: '123123123123'
  name: account-1
  regions:
  - us-east-1
  - us-west-2
  role: arn:aws:iam::123123123123:role/CloudCustodian
  vars: *vars
  tags:
  - type:prod
  - division:some division
  - partition:us
- account_id: '012345678901'
  name: account-2
  email: a@example.com
  regions: [all]
  external_id: word
`;
    expect(accountsOf(text).listed).toEqual([
      {
        account: {
          id: '123123123123',
          name: 'account-1',
          role: 'arn:aws:iam::123123123123:role/CloudCustodian',
          regions: ['us-east-1', 'us-west-2'],
          tags: {type: 'prod', division: 'some division', partition: 'us'},
        },
      },
      {account: {id: '012345678901', name: 'account-2', externalId: 'word'}},
    ]);
  });

  test("is Handrail's own, with rules that nothing outdoes", () => {
    const text = `
handrail: 1
accounts:
  - {id: '012345678901', name: partner, role: Operator, externalId: 'env:PARTNER_ID', ou: /Workloads/Prod/, tags: {tier: gold}, regions: []}
never: {accounts: ['123456789012'], ous: [Protected], tags: {handrail: never}}
`;
    expect(accountsOf(text)).toEqual({
      source: 'accounts.yml',
      listed: [
        {
          account: {
            id: '012345678901',
            name: 'partner',
            role: 'Operator',
            externalId: 'env:PARTNER_ID',
            ou: 'Workloads/Prod',
            tags: {tier: 'gold'},
          },
        },
      ],
      never: {accounts: ['123456789012'], ous: ['Protected'], tags: {handrail: 'never'}},
    });
  });

  test('can leave the accounts to the organization, and keep its rules', () => {
    const {listed, never} = accountsOf('{handrail: 1, accounts: org, never: {ous: [Protected]}}');
    expect(listed).toBe('organization');
    expect(never.ous).toEqual(['Protected']);
  });

  test.each([
    [
      'a plain number',
      'handrail: 1\naccounts:\n  - id: 123456789012',
      "accounts.yml:3: the account id (id) is the plain number 123456789012, whose leading zeros YAML drops: write '123456789012', in quotation marks",
    ],
    [
      'a number with a leading zero',
      'accounts:\n  - account_id: 012345678901',
      'the plain number 012345678901',
    ],
    ['an octal number', 'accounts:\n  - account_id: 0o12345677701', 'the plain number 0o12345677701'],
    [
      'a number in a rule',
      'handrail: 1\naccounts: org\nnever:\n  accounts: [123456789012]',
      'accounts.yml:4: the account id is the plain number',
    ],
    [
      'a number in JSON',
      '{"Accounts": [{"Id": 123456789012}]}',
      'accounts.yml:1: the account id (Id) is the plain number',
    ],
    [
      'an id that has lost its zero',
      "accounts:\n- account_id: '12345678901'",
      'accounts.yml:2: an account id has 12 digits, not 12345678901; a program has dropped its leading zeros',
    ],
    [
      'an id twice',
      "accounts:\n- account_id: '012345678901'\n- account_id: '012345678901'",
      'accounts.yml:3: account 012345678901 is listed twice',
    ],
    [
      'a mistyped member',
      "handrail: 1\naccounts:\n- {id: '012345678901', extrenalId: x}",
      'accounts.yml:3: an account has no member extrenalId; it has id, name, role,',
    ],
    [
      'a wave that is none',
      "handrail: 1\naccounts:\n- {id: '012345678901', wave: first}",
      'accounts.yml:3: wave can be last, and nothing else',
    ],
    [
      'a rule in the form of an option',
      'handrail: 1\naccounts: org\nnever: {tags: [handrail=never]}',
      'accounts.yml:3: tags must be a map, such as {stage: prod}',
    ],
    [
      'a mistyped rule',
      "handrail: 1\naccounts: org\nnever: {account: ['012345678901']}",
      'accounts.yml:3: never has no member account; it has accounts, ous, tags',
    ],
    [
      'rules in no list of ours',
      "accounts: [{id: '012345678901'}]\nnever: {}",
      'accounts.yml:1: an account has no Id',
    ],
    [
      'a chain of roles',
      "accounts:\n- {account_id: '012345678901', role: [a, b]}",
      'accounts.yml:2: a chain of roles cannot be taken on',
    ],
    [
      'a Region that is none',
      "accounts:\n- {account_id: '012345678901', regions: [everywhere]}",
      'accounts.yml:2: everywhere is not the name of a Region',
    ],
    [
      'a variable that is not set',
      "handrail: 1\naccounts:\n- {id: '012345678901', externalId: 'env:NOWHERE'}",
      'accounts.yml:3: the external id is in the environment variable NOWHERE, which is not set',
    ],
    [
      'another value for accounts',
      'handrail: 1\naccounts: all',
      'accounts.yml:2: accounts must be a list, or org for those of the organization',
    ],
    ['no list', 'regions: []', 'accounts.yml: there are no accounts here'],
    ['an empty list', '{"Accounts": []}', 'accounts.yml: the list of accounts is empty'],
    ['a text as an account', 'accounts: [012345678901]', 'accounts.yml:1: an account must be a map'],
    ['neither YAML nor JSON', 'accounts: [', 'accounts.yml:1: this is neither YAML nor JSON'],
    [
      'a key twice',
      'accounts: []\naccounts: []',
      'accounts.yml:2: this is neither YAML nor JSON: Map keys must be unique',
    ],
  ])('with %s is refused, with its line', (_what, text, message) => {
    expect(() => accountsOf(text)).toThrow(message);
  });

  test('every problem is said, up to ten', () => {
    const rows = Array.from({length: 12}, (_, index) => `- account_id: ${200_000_000_000 + index}`);
    expect(() => accountsOf(`accounts:\n${rows.join('\n')}`)).toThrow(
      /(accounts\.yml:\d+: .*\n){10}and 2 more problems/,
    );
  });

  test('that cannot be read is said by its name', () => {
    expect(() => accountsFile('nowhere.yml', env)).toThrow(
      'nowhere.yml: there is no such file; --accounts takes org or a file of accounts',
    );
    const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
    expect(() => accountsFile(folder, env)).toThrow(`${folder} is not a file`);
    const file = join(folder, 'latin.yml');
    writeFileSync(file, Buffer.from([0x61, 0xe4, 0x0a]));
    expect(() => accountsFile(file, env)).toThrow('is not UTF-8');
  });
});
