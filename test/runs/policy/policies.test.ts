import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {PolicyRefusal, UsageError} from '../../../source/cli/usage-error.ts';
import {InvalidRunbook} from '../../../source/runbook/load/problem.ts';
import {withoutForbidden} from '../../../source/runs/policy/fleet-policies.ts';
import {policiesFor, policyOf} from '../../../source/runs/policy/find-policies.ts';
import {
  refuseAccount,
  refuseByPolicy,
  refuseCrowd,
  refuseUnsigned,
  type Intent,
} from '../../../source/runs/policy/refusals.ts';
import {findRunbook} from '../../../source/runs/runbooks/find-runbook.ts';

const loaded = findRunbook('delete-service-linked-role');
const {runbook, sha256} = loaded;

const folder = (): string => mkdtempSync(join(tmpdir(), 'handrail-policy-'));

function written(file: string, ...lines: readonly string[]): string {
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, `policy: 1\n${lines.map((line) => `${line}\n`).join('')}`);
  return file;
}

const policyIn = (...lines: readonly string[]) =>
  policiesFor('', written(join(folder(), 'given.yaml'), ...lines), {HOME: folder()});

const ids = (count: number): string => String(count).padStart(12, '0');

const intent: Intent = {
  runbook,
  listed: {name: runbook.name, sha256},
  mode: 'live',
  ticket: 'CHG0031337',
  regions: ['eu-west-1'],
};

describe('policies', () => {
  it('are all those that are found: naming one leaves no other out', () => {
    const [home, place] = [folder(), folder()];
    const beside = written(join(place, 'handrail-policy.yaml'), 'maxAccounts: 4');
    const own = written(join(home, '.config/handrail/handrail-policy.yaml'), 'maxAccounts: 3');
    const named = written(join(folder(), 'mine.yaml'), 'maxAccounts: 2');
    const ours = written(join(folder(), 'ours.yaml'), 'maxAccounts: 1');
    writeFileSync(join(place, 'book.yaml'), '');
    const env = {HOME: home, HANDRAIL_POLICY: ours};
    const found = policiesFor(join(place, 'book.yaml'), named, env);
    expect(found.map(({file}) => file)).toEqual([named, ours, beside, own]);
    expect(policiesFor('standard input', beside, {HOME: home}).map(({file}) => file)).toEqual([beside, own]);
    expect(policiesFor(join(place, 'book.yaml'), beside, {HOME: folder()})).toHaveLength(1);
  });

  it('are none, and say so, where there is no file', () => {
    expect(policyOf(policiesFor('', undefined, {HOME: folder()}))).toEqual({files: []});
  });

  it.each(['--policy', 'HANDRAIL_POLICY'])('must be there where %s names one', (how) => {
    const env = {HOME: folder(), ...(how === '--policy' ? {} : {HANDRAIL_POLICY: 'gone.yaml'})};
    const find = () => policiesFor('', how === '--policy' ? 'gone.yaml' : undefined, env);
    expect(find).toThrow(UsageError);
    expect(find).toThrow(`${how} gone.yaml: there is no such file`);
  });

  it.each([
    ['maxAcounts: 3', ':2:1: maxAcounts is not known here; did you mean maxAccounts?'],
    ['maxAccounts: 0', ':2:14:'],
    ['windows: ["22:00/04:00"]', "write it as '22:00/04:00 Europe/Berlin'"],
    ['windows: ["22:00/04:00 Europe/Berlln"]', 'Europe/Berlln is no time zone'],
    ['requireTicket: "CHG[0-9"', 'this is no regular expression'],
    ['never: {accounts: [123456789012]}', 'text'],
    ['never: {accounts: ["12345"]}', 'an account id has 12 digits'],
    ['never: {operations: [DeleteRole]}', 'write service:Operation'],
    ['runbooks: {restore-schedules: [abc]}', 'a SHA-256 has 64 hex digits'],
    ['never: {regions: ["eu west"]}', 'must be the name of a Region, or a pattern'],
  ])('refuse %j with its place', (line, says) => {
    expect(() => policyIn(line)).toThrow(InvalidRunbook);
    expect(() => policyIn(line)).toThrow(says);
    expect(() => policyIn(line)).not.toThrow('runbook file');
  });
});

describe('a policy', () => {
  it.each<[string, Partial<Intent>, string]>([
    ['never: {runbooks: [delete-service-linked-role]}', {}, 'forbids the runbook delete-service-linked-role'],
    ['never: {operations: ["iam:Delete*"]}', {}, 'forbids iam:DeleteServiceLinkedRole, which the step'],
    ['never: {regions: ["eu-*"]}', {}, 'forbids changes in eu-west-1'],
    [
      'requireTicket: "CHG[0-9]{7}"',
      {ticket: undefined},
      'wants a ticket: --ticket ID, matching CHG[0-9]{7}',
    ],
    ['requireTicket: "CHG[0-9]{7}"', {ticket: 'CHG00313377'}, 'does not take the ticket CHG00313377'],
    ['requireTicket: "A|CHG"', {}, 'does not take the ticket CHG0031337'],
    ['runbooks: {}', {}, 'delete-service-linked-role is not among them'],
    [
      `runbooks: {delete-service-linked-role: [${'f0'.repeat(32)}]}`,
      {},
      `the SHA-256 of this one is ${sha256}`,
    ],
  ])('with %s refuses', (line, more, says) => {
    const policies = policyIn(line);
    const refuse = () => refuseByPolicy(policies, {...intent, ...more});
    expect(refuse).toThrow(PolicyRefusal);
    expect(refuse).toThrow(says);
    expect(refuse).toThrow(`the policy ${policies[0]?.file}:2 `);
  });

  it.each([
    'never: {runbooks: [edit-role-description], operations: ["iam:CreateRole"], regions: [me-*]}',
    'requireTicket: "CHG[0-9]{7}"',
    `runbooks: {delete-service-linked-role: [${'f0'.repeat(32)}, ${sha256}]}`,
  ])('with %s lets it be done', (line) => {
    expect(() => refuseByPolicy(policyIn(line), intent)).not.toThrow();
  });

  it('lets a plan look without a ticket, but not with a runbook that is forbidden', () => {
    const plan: Intent = {...intent, mode: 'plan', ticket: undefined};
    expect(() =>
      refuseByPolicy(policyIn('requireTicket: ".+"', 'never: {regions: ["*"]}'), plan),
    ).not.toThrow();
    expect(() => refuseByPolicy(policyIn('never: {operations: ["*:Delete*"]}'), plan)).toThrow(PolicyRefusal);
  });

  it('forbids accounts, and fleets that are too large', () => {
    const policies = policyIn('maxAccounts: 2', "never: {accounts: ['000000000042']}");
    expect(() => refuseAccount(policies, '000000000042')).toThrow(':3 forbids account 000000000042');
    expect(() => refuseAccount(policies, '000000000043')).not.toThrow();
    expect(() => refuseCrowd(policies, 3)).toThrow(':2 lets a fleet begin with 2 accounts, not 3');
    expect(() => refuseCrowd(policies, 2)).not.toThrow();
  });

  it('that wants signatures is refused where none can be given', () => {
    const file = written(join(folder(), 'given.yaml'), 'allowedSigners: allowed');
    writeFileSync(join(dirname(file), 'allowed'), 'lee@example.com ssh-ed25519 AAAA\n');
    const policies = policiesFor('', file, {HOME: folder()});
    expect(() => refuseUnsigned(policies)).toThrow(':2 wants signed approvals, and an engine takes none yet');
    expect(policyOf(policies).approvals).toEqual({needed: 1, signed: true});
    expect(() => refuseUnsigned(policyIn('approvals: 2'))).not.toThrow();
    writeFileSync(join(dirname(file), 'allowed'), '# nobody\n');
    expect(() => policiesFor('', file, {HOME: folder()})).toThrow(
      ':2:17: the file of allowed signers names nobody',
    );
  });

  it('keeps a fleet out of accounts by id, unit and tag, and out of those that it knows too little of', () => {
    const policies = policyIn(
      'never:',
      "  accounts: ['000000000001']",
      '  ous: [Prod/]',
      '  tags: {tier: gold}',
    );
    const accounts = [
      {id: ids(1), ou: 'Dev', tags: {}},
      {id: ids(2), ou: 'Prod/Core', tags: {}},
      {id: ids(3), ou: 'Production', tags: {tier: 'gold'}},
      {id: ids(4), tags: {}},
      {id: ids(5), ou: 'Dev'},
      {id: ids(6), ou: 'Production', tags: {tier: 'silver'}},
    ];
    const chosen = withoutForbidden({accounts, skipped: []}, policies);
    expect(chosen.accounts.map(({id}) => id)).toEqual([ids(6)]);
    expect(chosen.skipped.map(({why}) => why)).toEqual([
      'never: the policy forbids this account',
      'never: the policy forbids accounts in Prod/',
      'never: the policy forbids the tag tier=gold',
      'its organizational unit is not known, and the policy forbids some',
      'its tags are not known, and the policy forbids some',
    ]);
  });
});
