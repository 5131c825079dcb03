import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {formatted} from '../../source/authoring/format/format.ts';
import {fmtCommand} from '../../source/commands/authoring/fmt.ts';

const odd = `# a runbook

title: Look   # in few words
handrail: 1
name: look
steps:
    - title: Look at the role
      # what it is called
      id: look
      output: >-   # only the role
         \${{ Role
         .Arn }}
      with: {Path: 'x',RoleName: "a"}
      call: iam:GetRole

    # the second
    - assert: {message: no, that: '\${{ \`true\` }}'}
      id: two
      title: Hold
`;

const even = `# a runbook

handrail: 1
name: look
title: Look # in few words
steps:
  # what it is called
  - id: look
    title: Look at the role
    call: iam:GetRole
    with: {Path: 'x', RoleName: "a"}
    output: >- # only the role
      \${{ Role
      .Arn }}

  # the second
  - id: two
    title: Hold
    assert: {that: '\${{ \`true\` }}', message: no}
`;

describe('the one form', () => {
  it('has members in the order of the language, and comments where they belong', () => {
    expect(formatted('odd.yaml', odd)).toBe(even);
    expect(formatted('even.yaml', even)).toBe(even);
  });

  it('keeps the head of a file whose first member stays', () => {
    const text =
      '# head\nhandrail: 1\ntitle: T\nname: a\ninputs:\n  # about it\n  a:\n    # first\n    type: string\n    default: x\n    description: y\n';
    expect(formatted('a.yaml', text)).toBe(
      '# head\nhandrail: 1\nname: a\ntitle: T\ninputs:\n  # about it\n  a:\n    # first\n    type: string\n    description: y\n    default: x\n',
    );
  });

  it('is that of a test file and of shared steps, too', () => {
    const test = 'cases:\n- expect: {changes: [], end: done}\n  name: a\nrunbook: b\nhandrail: 1\n';
    expect(formatted('a.yaml', test)).toBe(
      'handrail: 1\nrunbook: b\ncases:\n  - name: a\n    expect: {end: done, changes: []}\n',
    );
    const shared = 'steps: [{title: A, id: a, call: "sts:GetCallerIdentity"}]\nhandrail: 1\n';
    expect(formatted('a.yaml', shared)).toBe(
      'handrail: 1\nsteps: [{id: a, title: A, call: "sts:GetCallerIdentity"}]\n',
    );
  });

  it('is not given to a file that is no strict YAML', () => {
    expect(() => formatted('a.yaml', 'a: 1\na: 2\n')).toThrow(/a\.yaml:2:1/);
  });
});

describe('handrail fmt', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'odd.yaml');
  const run = (check: boolean): Promise<number> =>
    fmtCommand.run({positionals: [file], flag: () => check, text: () => undefined, texts: () => []});

  it('writes a file once; with --check it writes none, and exits with 1 as long as there is something to do', async () => {
    writeFileSync(file, odd);
    expect(await run(true)).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(odd);
    expect(await run(false)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(even);
    expect(await run(true)).toBe(0);
  });
});
