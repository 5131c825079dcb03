import {describe, expect, it} from 'vitest';
import {check, withSteps} from './marked-runbook.ts';

const confirm = '  - {id: sure, title: Sure, confirm: {message: Sure?}}\n';

/** An update of a maintenance window, which the read and the write know by one name. */
function windows(update: string, more = ''): string {
  return withSteps(`${confirm}  - id: stop
    title: Stop it
    update:
      read: ssm:GetMaintenanceWindow
      with: {WindowId: mw-1}
      resource: \${{ @ }}
      write: ssm:UpdateMaintenanceWindow
      partial: true
${update}${more}`);
}

const waiting = `      waitUntil:
        acceptors: [{state: success, matcher: {output: {path: Enabled, expected: 'false', comparator: booleanEquals}}}]
        minDelay: 1
        maxDelay: 5
        maxWaitTime: 60
`;

async function found(text: string): Promise<readonly string[]> {
  const {problems} = await check(text);
  return problems.map(({line, column, message}) => `${line}:${column} ${message}`);
}

describe('check, of an update', () => {
  it('takes members of its own for the write, and a wait', async () => {
    expect(
      await found(windows('      writeWith: {Replace: false}\n      set: {Enabled: false}\n', waiting)),
    ).toEqual([]);
  });

  it('takes a resource that has the names of the write', async () => {
    const text = withSteps(`${confirm}  - id: rename
    title: Rename
    update:
      read: iam:GetRole
      with: {RoleName: x}
      resource: '\${{ Role.{RoleName: RoleName, Description: join(\`""\`, [RoleName, Path])} }}'
      write: iam:UpdateRole
      set: {Description: y}
      partial: true
`);
    expect(await found(text)).toEqual([]);
  });

  it.each([
    [
      'a member that the resource does not have',
      windows('      set: {»Replace: true}\n'),
      'the resource has no Replace to compare it with; give it that name in `resource`, as in ${{ @.{Replace: …} }}, or send it by `writeWith`',
    ],
    [
      'a member that the write does not have',
      windows('      writeWith: {»Replaces: true}\n      set: {Enabled: false}\n'),
      'ssm:UpdateMaintenanceWindow has no member Replaces',
    ],
    [
      'a member of another kind',
      windows('      writeWith: {Replace: »maybe}\n      set: {Enabled: false}\n'),
      'Replace of ssm:UpdateMaintenanceWindow is a boolean, not a text',
    ],
    [
      'a member that is set already',
      windows('      writeWith: {»Enabled: false}\n      set: {Enabled: false}\n'),
      'Enabled is set already',
    ],
    [
      'a member that a partial write is to remove',
      windows('      set: {Enabled: false}\n      »remove: [Description]\n'),
      'a `partial` write leaves alone what it is not given: it removes nothing',
    ],
    [
      'an acceptor of another answer',
      windows('      set: {Enabled: false}\n', waiting.replace('path: Enabled', 'path: »Enabld')),
      'Enabld cannot be there',
    ],
    [
      'an acceptor of an error',
      windows(
        '      set: {Enabled: false}\n',
        '      waitUntil: {acceptors: [{state: success, matcher: {»success: true}}], minDelay: 1, maxDelay: 2, maxWaitTime: 3}\n',
      ),
      'success is not known here',
    ],
    [
      'a wait without an end',
      windows('      set: {Enabled: false}\n', '      waitUntil: »{minDelay: 1, maxDelay: 2}\n'),
      'maxWaitTime is missing',
    ],
  ])('refuses %s', async (_, text, message) => {
    const {problems, marked} = await check(text);
    expect(problems.map((one) => `${one.line}:${one.column} ${one.message}`)).toContain(
      `${marked} ${message}`,
    );
  });

  it('refuses a member that is read in another shape', async () => {
    const text = withSteps(`${confirm}  - id: tags
    title: Tags
    update:
      read: iam:GetPolicyVersion
      with: {PolicyArn: 'arn:aws:iam::123456789012:policy/x', VersionId: v1}
      resource: '\${{ PolicyVersion.{Description: [VersionId]} }}'
      write: iam:UpdateRole
      writeWith: {RoleName: x}
      set: {»Description: y}
      partial: true
`);
    const {problems, marked} = await check(text);
    expect(problems.map(({line, column, message}) => `${line}:${column} ${message}`)).toEqual([
      `${marked} the resource has a list with a text each there, and not a text; give it that name in \`resource\`, as in \${{ PolicyVersion.{Description: [VersionId]}.{Description: …} }}, or send it by \`writeWith\``,
    ]);
  });
});
