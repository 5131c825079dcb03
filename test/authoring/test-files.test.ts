import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {FileResult} from '../../source/authoring/tests/results.ts';
import {runTestFile, testFilesIn} from '../../source/authoring/tests/run-tests.ts';
import {writers} from '../../source/commands/authoring/test-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));

/** Looks at maintenance windows in each Region, and deletes them with consent. */
writeFileSync(
  join(folder, 'windows.yaml'),
  `handrail: 1
name: windows
title: Delete the maintenance windows
regionsOf: ssm
inputs:
  prefix: {type: string, default: ''}
  note: {type: secret}
steps:
  - id: windows
    title: Find the windows
    scope: region
    column: Windows
    call: ssm:DescribeMaintenanceWindows
    output: '\${{ WindowIdentities[?starts_with(WindowId, $inputs.prefix)].{id: WindowId, name: Name} }}'
    summary: \${{ length(@) }} windows
  - id: approve
    title: Agree to delete them
    confirm:
      message: \${{ length(steps.windows.byRegion[].output[]) }} windows are deleted
      typeToConfirm: delete
  - id: delete
    title: Delete the windows
    scope: region
    column: Windows
    forEach: \${{ steps.windows.output }}
    call: ssm:DeleteMaintenanceWindow
    with: {WindowId: '\${{ item.id }}'}
    undo: {impossible: they are gone}
  - id: gone
    title: Wait until they are gone
    scope: region
    column: Windows
    waitUntil:
      call: ssm:DescribeMaintenanceWindows
      acceptors:
        - state: success
          matcher: {output: {path: 'length(WindowIdentities) == \`0\`', expected: 'true', comparator: booleanEquals}}
      minDelay: 30
      maxDelay: 60
      maxWaitTime: 600
    output: \${{ WindowIdentities }}
  - id: note
    title: Note it down
    call: ssm:PutParameter
    with: {Name: /windows, Value: '\${{ inputs.note }}', Type: SecureString}
`,
);

const head = `handrail: 1
runbook: windows.yaml
inputs: {note: hunter2}
answers:
  ssm:DescribeMaintenanceWindows:
    - region: eu-west-1
      until: ssm:DeleteMaintenanceWindow
      answer: {WindowIdentities: [{WindowId: mw-1, Name: nightly}, {WindowId: mw-2, Name: weekly}]}
    - {region: eu-west-1, times: 3, answer: {WindowIdentities: [{WindowId: mw-2}]}}
    - {answer: {WindowIdentities: []}}
  ssm:DeleteMaintenanceWindow: [{answer: {}}]
  ssm:PutParameter: [{answer: {Version: 1}}]
cases:
`;

const good = `  - name: they are deleted
    operator:
      - {step: approve, says: [2 windows, mw-1], type: delete}
    expect:
      end: done
      exitCode: 0
      message: 3 changes
      regions: {eu-west-1: clear, us-east-1: clear}
      summaries: {windows: {eu-west-1: 2 windows, us-east-1: 0 windows}}
      says: [Find the windows]
      never: []
      requests:
        - {call: ssm:DescribeMaintenanceWindows, region: us-east-1}
        - {call: ssm:DeleteMaintenanceWindow, with: {WindowId: mw-1}}
        - {call: ssm:PutParameter}
      changes:
        - {call: ssm:DeleteMaintenanceWindow, region: eu-west-1, with: {WindowId: mw-1}}
        - {call: ssm:DeleteMaintenanceWindow, region: eu-west-1, with: {WindowId: mw-2}}
        - {call: ssm:PutParameter, with: {Value: hunter2}}
`;

async function result(text: string): Promise<FileResult> {
  const file = join(folder, 'windows.test.yaml');
  writeFileSync(file, text);
  return runTestFile(file);
}

/** The lines of the failures, as `line: message`. */
async function failures(text: string): Promise<readonly string[]> {
  const {cases, problems} = await result(text);
  return [...problems, ...cases.flatMap((one) => one.failures)].map(
    ({line, message}) => `${line}: ${message}`,
  );
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a test of a runbook', () => {
  it('passes where the run does what the case expects', async () => {
    expect(await failures(head + good)).toEqual([]);
  });

  it('lets waits take no time', async () => {
    const before = performance.now();
    await failures(head + good);
    expect(performance.now() - before).toBeLessThan(60_000);
  });

  it.each([
    [
      'the end',
      'end: done',
      'end: blocked',
      'expected the end blocked; it came to done (3 changes are made)',
    ],
    ['the exit code', 'exitCode: 0', 'exitCode: 4', 'expected the exit code 4; it was 0'],
    [
      'the last line',
      'message: 3 changes',
      'message: gone',
      'expected an end that says "gone"; it came to done',
    ],
    [
      'a Region',
      'us-east-1: clear',
      'us-east-1: in use',
      'expected us-east-1 to be in use; it is clear (Windows:',
    ],
    [
      'a summary',
      'us-east-1: 0 windows',
      'us-east-1: 5 windows',
      'expected a summary of windows that says "5 windows"; it says "0 windows"',
    ],
    [
      'a line',
      'says: [Find the windows]',
      'says: [Find the doors]',
      'expected a line that says "Find the doors"; the nearest is: Find the windows',
    ],
    [
      'a question',
      'says: [2 windows',
      'says: [9 windows',
      'expected a question that says "9 windows"; it says: 2 windows are deleted / eu-west-1',
    ],
    [
      'what is typed',
      'type: delete',
      'answer: yes',
      'expected a question that wants a yes; it wants "delete" typed',
    ],
    [
      'the order of requests',
      'ssm:PutParameter}',
      'ssm:DescribeMaintenanceWindows, with: {Filters: []}}',
      'expected the request ssm:DescribeMaintenanceWindows {"Filters":[]}; sent was',
    ],
    [
      'what is not sent',
      'never: []',
      'never: [ssm:PutParameter]',
      'expected no ssm:PutParameter; sent was ssm:PutParameter',
    ],
    [
      'a change',
      'WindowId: mw-2}}',
      'WindowId: mw-3}}',
      'expected the change ssm:DeleteMaintenanceWindow in eu-west-1 {"WindowId":"mw-3"}; sent was ssm:DeleteMaintenanceWindow in eu-west-1 {"WindowId":"mw-2"}',
    ],
  ])('says what was expected and what came, at its line: %s', async (_what, from, to, said) => {
    const text = head + good.replace(from, to);
    expect(text).not.toBe(head + good);
    const found = await failures(text);
    const [first = ''] = found;
    expect(first).toContain(said);
    expect(Number(first.split(':')[0])).toBe(lineOf(text, to));
  });

  it('fails for a change that it does not name, and for an order of changes that is another', async () => {
    const [, first = '', second = '', third = ''] =
      /( {8}- .*mw-1.*\n)( {8}- .*mw-2.*\n)( {8}- .*hunter2.*\n)/.exec(good) ?? [];
    expect(await failures(head + good.replace(third, ''))).toEqual([
      expect.stringMatching(/expected no other change; sent was ssm:PutParameter .*<secret note/),
    ]);
    expect(await failures(head + good.replace(first + second, second + first))).toEqual([
      expect.stringContaining(
        'here; the order was ssm:DeleteMaintenanceWindow in eu-west-1 {"WindowId":"mw-1"}, then',
      ),
    ]);
  });

  it('fails for a request without an answer, for an answer without a request, and for an entry of the dialogue that is never asked', async () => {
    const own = `    answers:
      ssm:DescribeMaintenanceWindows:
        - {region: us-east-1, answer: {WindowIdentities: []}}
        - {region: us-east-1, with: {Filters: []}, answer: {WindowIdentities: []}}
`;
    const found = await failures(head + good.replace('    operator:', `${own}    operator:`));
    expect(found.join('\n')).toContain(
      'step windows sent ssm:DescribeMaintenanceWindows in eu-west-1 {}, and no answer is left',
    );
    expect(found.join('\n')).toContain('expected a request that this answers');
    expect(found.join('\n')).toContain('expected a question of step approve; it was never asked');
  });

  it('gives the answers to an operation in their order, each Region by itself, and errors among them', async () => {
    const own = `    answers:
      ssm:DescribeMaintenanceWindows:
        - {error: ThrottlingException, times: 2}
        - {region: us-east-1, error: AccessDeniedException, message: no}
        - {answer: {WindowIdentities: []}}
`;
    const text = `${head}  - name: blocked\n${own}    expect:
      end: blocked
      exitCode: 4
      step: windows
      error: AccessDeniedException
      regions: {eu-west-1: clear, us-east-1: unknown}
`;
    expect(await failures(text)).toEqual([]);
    const waived = text
      .replace('  - name: blocked', '  - name: waived\n    waive: [us-east-1]')
      .replace(
        / {4}expect:[\s\S]*/,
        '    operator: [{step: approve, type: delete}]\n    expect:\n      end: done\n',
      )
      .concat('      changes: [{call: ssm:PutParameter}]\n      regions: {us-east-1: unknown}\n');
    expect(await failures(waived)).toEqual([]);
  });

  it('plays a run that only looks, one that is declined, and one that nobody answers', async () => {
    const plan = `  - {name: plan, plan: true, expect: {end: planned, says: [mw-2]}}\n`;
    const no = `  - {name: no, operator: [{step: approve, answer: no}], expect: {end: declined, exitCode: 3, step: approve}}\n`;
    const nobody = `  - {name: nobody, operator: [{step: approve, answer: nobody}], expect: {end: needs-operator}}\n`;
    const wrong = `  - {name: wrong, operator: [{step: approve, type: yes}], expect: {end: declined}}\n`;
    expect(await failures(head + plan + no + nobody + wrong)).toEqual([]);
  });

  it('shows no secret in what it says', async () => {
    const {cases} = await result(head + good.replace('Value: hunter2', 'Value: other'));
    expect(JSON.stringify(cases)).not.toContain('hunter2');
    expect(JSON.stringify(cases)).toContain('<secret note');
  });
});

describe('a test file that does not fit', () => {
  it.each([
    [
      'an operation that there is not',
      'ssm:PutParameter: [',
      'ssm:PutParametr: [',
      /ssm has no operation PutParametr/,
    ],
    [
      'an operation that the runbook does not call',
      'ssm:PutParameter: [',
      'ssm:GetParameter: [',
      /the runbook does not call ssm:GetParameter/,
    ],
    ['a member that the answer has not', 'WindowId: mw-1', 'WindowID: mw-1', /has no member WindowID/],
    [
      'a value of another type',
      '{Version: 1}',
      '{Version: one}',
      /Version of ssm:PutParameter's answer is a number, not a text/,
    ],
    [
      'an answer that AWS never gives',
      '{answer: {WindowIdentities: []}}',
      '{answer: {}}',
      /ssm:DescribeMaintenanceWindows never answers so: the answer had no WindowIdentities/,
    ],
    [
      'a member that the request has not',
      'with: {WindowId: mw-1}',
      'with: {WindowID: mw-1}',
      /ssm:DeleteMaintenanceWindow has no member WindowID/,
    ],
    ['a step that there is not', 'step: approve', 'step: aprove', /the runbook has no step aprove/],
    ['an input that there is not', 'note: hunter2', 'not: hunter2', /windows has no input not/],
    [
      'a Region that the case has not',
      'ssm:DeleteMaintenanceWindow, region: eu-west-1',
      'ssm:DeleteMaintenanceWindow, region: eu-west-9',
      /eu-west-9 is none of the Regions of this case/,
    ],
    [
      'a member that the language has not',
      'end: done',
      'ends: done',
      /ends is not known here|end is missing/,
    ],
    ['two answers in one', 'times: 3, answer', 'times: 3, error: Foo, answer', /an entry has one of/],
    [
      'a runbook that there is not',
      'windows.yaml',
      'doors.yaml',
      /there is no runbook and no file .*doors\.yaml/,
    ],
    ['an alias', '{note: hunter2}', '*note', /a test file has no YAML aliases/],
  ])('is refused with a line: %s', async (_what, from, to, message) => {
    const text = (head + good).replace(from, to);
    expect(text).not.toBe(head + good);
    const {problems, cases} = await result(text);
    expect(cases).toEqual([]);
    expect(problems.map((one) => one.message).join('\n')).toMatch(message);
    expect(problems[0]?.line).toBe(lineOf(text, to));
  });
});

it('finds the test files of a folder at any depth, and says where there are none', () => {
  const inner = join(folder, 'more', 'deep');
  mkdirSync(inner, {recursive: true});
  writeFileSync(join(inner, 'a.test.yaml'), '');
  writeFileSync(join(inner, 'a.yaml'), '');
  expect(testFilesIn([join(folder, 'more')])).toEqual([join(inner, 'a.test.yaml')]);
  const empty = mkdtempSync(join(tmpdir(), 'handrail-test-'));
  expect(() => testFilesIn([empty])).toThrow(/has no test files: their names end in \.test\.yaml/);
  expect(() => testFilesIn([join(empty, 'nothing')])).toThrow(/there is no file or folder/);
});

describe('the formats', () => {
  const text = head + good.replace('end: done', 'end: blocked').replace('they are', 'they & <I> are');
  it('say the same in JSON, for CI systems and for pull requests', async () => {
    const files = [await result(text)];
    expect(JSON.parse(writers['json']?.(files) ?? '')).toMatchObject({
      version: 1,
      files: [{cases: [{failures: [{message: expect.stringContaining('expected the end blocked')}]}]}],
    });
    expect(writers['junit']?.(files)).toContain('name="they &amp; &lt;I&gt; are deleted"><failure>');
    expect(writers['junit']?.(files)).toContain('tests="1" failures="1" errors="0"');
    expect(writers['github']?.(files)).toMatch(
      /^::error file=.*,line=18,col=12,title=they & <I> are deleted::expected the end/,
    );
    expect(writers['text']?.(files)).toContain('0 passed, 1 failed');
  });
});
