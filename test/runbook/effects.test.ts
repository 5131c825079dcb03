import {describe, expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {check, withSteps} from './marked-runbook.ts';

const agreed = `  - {id: agree, title: Agree, confirm: {message: Sure?}}\n`;

function wait(call: string, delays = '{minDelay: 5, maxDelay: 10}', more = ''): string {
  const {minDelay, maxDelay} =
    /minDelay: (?<minDelay>\S+), maxDelay: (?<maxDelay>[^}]+)/.exec(delays)?.groups ?? {};
  return `  - id: wait
    title: Wait
    waitUntil:
      call: ${call}
      acceptors: [{state: success, matcher: {success: true}}]
      minDelay: ${minDelay}
      maxDelay: ${maxDelay}
      maxWaitTime: 60
${more}`;
}

function update(read: string, write: string): string {
  return `${agreed}  - id: up
    title: Update
    update:
      read: ${read}
      with: {RoleName: a}
      resource: \${{ @ }}
      write: ${write}
      partial: true
      set: {Description: b}
`;
}

function deletion(effect: string): string {
  return `  - {id: delete, title: Delete, call: iam:DeleteRole, with: {RoleName: a}, effect: ${effect}}\n`;
}

function generation(effect: string): string {
  return `  - {id: a, title: A, call: iam:GenerateCredentialReport${effect}}\n  - {id: b, title: B, call: iam:GetAccountSummary}\n`;
}

/** `line:column message` of each problem, and the place that is marked. */
async function found(steps: string): Promise<{readonly shown: readonly string[]; readonly marked: string}> {
  const {problems, marked} = await check(withSteps(steps));
  return {shown: problems.map(({line, column, message}) => `${line}:${column} ${message}`), marked};
}

describe('an operation that has to read', () => {
  it('is no change, in a wait', async () => {
    const {shown, marked} = await found(wait('»iam:DeleteAccountPasswordPolicy'));
    expect(shown).toEqual([
      `${marked} iam:DeleteAccountPasswordPolicy changes something, and \`waitUntil.call\` must be an operation that only reads`,
    ]);
  });

  it('is no change, as the read of an update', async () => {
    const {shown, marked} = await found(update('»iam:DeleteRole', 'iam:UpdateRole'));
    expect(shown).toContain(
      `${marked} iam:DeleteRole changes something, and \`update.read\` must be an operation that only reads`,
    );
  });

  it('may be one that nothing is known of, where the step says that it reads', async () => {
    const operation = 'iam:GenerateCredentialReport';
    const {shown, marked} = await found(wait(`»${operation}`));
    expect(shown).toEqual([
      `${marked} \`waitUntil.call\` must only read, and nothing says what ${operation} does: if it only reads, say \`effect: read\``,
    ]);
    expect((await found(wait(operation, undefined, '    effect: read\n'))).shown).toEqual([]);
  });
});

describe('an operation that has to change something', () => {
  it('is no read, as the write of an update', async () => {
    const {shown, marked} = await found(update('iam:GetRole', '»iam:ListRolePolicies'));
    expect(shown).toContain(
      `${marked} iam:ListRolePolicies only reads, and \`update.write\` must be an operation that changes the resource`,
    );
  });
});

describe('effect', () => {
  it('cannot make a read of what is known to change something', async () => {
    const {shown, marked} = await found(agreed + deletion('»read'));
    expect(shown).toEqual([`${marked} iam:DeleteRole changes something: its effect is no read`]);
    expect((await found(agreed + deletion('change'))).shown).toEqual([]);
  });

  it('frees a call that only reads of the confirmation, and binds one that does not', async () => {
    expect((await found(generation('')))?.shown.join()).toMatch(/no confirmation precedes it/);
    expect((await found(generation(', effect: read'))).shown).toEqual([]);
    const read = (await found('  - {id: a, title: A, call: »iam:GetAccountSummary, effect: change}\n')).shown;
    expect(read.join()).toMatch(/iam:GetAccountSummary changes something, and no confirmation precedes it/);
  });

  it('belongs to a step that calls something', async () => {
    const {shown} = await found(
      '  - {id: a, title: A, effect: read, assert: {that: "${{ `true` }}", message: x}}\n',
    );
    expect(shown.join()).toMatch(/`effect` belongs to `call`, `update` and `waitUntil`/);
  });
});

describe('a delay between polls', () => {
  it('of less than a second is warned of', async () => {
    const text = withSteps(wait('iam:GetAccountSummary', '{minDelay: 0, maxDelay: 0.5}'));
    const {warnings, problems} = await checkRunbook(parseRunbook('test.yaml', text), lookUp);
    expect(problems).toEqual([]);
    expect(warnings.map(({line, column, message}) => `${line}:${column} ${message}`)).toEqual([
      '10:17 minDelay is 0 s, and polls are at least half a second apart: it counts as 0.5',
      '11:17 maxDelay is 0.5 s: however long it lasts, it asks more than once a second',
    ]);
  });
});

it('an acceptor of an undo’s wait that is no expression is found', async () => {
  const {problems, marked} = await check(
    withSteps(`${agreed}  - id: make
    title: Make
    call: iam:CreateServiceLinkedRole
    with: {AWSServiceName: a.amazonaws.com}
    undo:
      call: iam:DeleteServiceLinkedRole
      with: {RoleName: a}
      waitUntil:
        call: iam:GetServiceLinkedRoleDeletionStatus
        with: {DeletionTaskId: '\${{ item.DeletionTaskId }}'}
        acceptors:
          - {state: success, matcher: {output: {path: 'Status =»=', expected: x, comparator: stringEquals}}}
        minDelay: 1
        maxDelay: 5
        maxWaitTime: 60
`),
  );
  expect(problems.map(({line, column}) => `${line}:${column}`)).toContain(marked);
});
