import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {loadRunbook} from '../../source/runbook/load/load.ts';
import {InvalidRunbook, type Problem} from '../../source/runbook/load/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-words-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const sound = `handrail: 1
name: sample
title: A sample
inputs:
  a: {type: string, default: x}
steps:
  - id: role
    title: Find
    call: iam:GetRole
    with:
      RoleName: \${{ inputs.a }}
  - id: wait
    title: Wait
    waitUntil:
      call: iam:GetRole
      acceptors:
        - {state: success, matcher: {success: true}}
      minDelay: 5
      maxDelay: 60
      maxWaitTime: 900
`;

function problemsOf(content: string | Uint8Array): readonly Problem[] {
  const file = join(folder, 'sample.yaml');
  writeFileSync(file, content);
  try {
    loadRunbook(file);
    return [];
  } catch (error) {
    if (error instanceof InvalidRunbook) return error.problems;
    throw error;
  }
}

function changed(from: string, to: string): string {
  expect(sound).toContain(from);
  return sound.replace(from, to);
}

/** What zod and yaml say to programmers. */
const libraryWords =
  /YAML\.|Implicit|compact mappings|stringKeys|discriminator|[Ii]nvalid |received|expected (1|object|array|record|string|number|one)|Unexpected|node end|Too (small|big)/;

const call = '    call: iam:GetRole\n    with';
const mistakes: readonly (readonly [string, string, string, RegExp])[] = [
  ['an empty file', '', '1:1', /there is nothing in this file; a runbook begins with `handrail: 1`/],
  ['comments alone', '# later\n', '1:1', /there is nothing in this file/],
  ['null', 'null\n', '1:1', /there is nothing in this file/],
  ['a text', 'hello\n', '1:1', /this is no runbook/],
  ['a list', '- a\n', '1:1', /this is no runbook/],
  ['two documents', `${sound}---\n${sound}`, '21:1', /a file holds one runbook/],
  ['no space after the first colon', changed('handrail: 1', 'handrail:1'), '1:1', /space after the colon/],
  ['no space after a colon', changed('title: A', 'title:A'), '3:1', /write a space after the colon/],
  ['no space after any colon', 'handrail:1\nname:x\n', '1:1', /write a space after the colon/],
  [
    'no space in braces',
    changed('{success: true}', '{success:true}'),
    '17:37',
    /space after the colon|missing/,
  ],
  ['no space after a dash', changed('- id: role', '-id: role'), '7:8', /write a space after the dash/],
  ['a later version', changed('handrail: 1', 'handrail: 2'), '1:11', /is of version 2.*use a newer Handrail/],
  ['the version as a text', changed('handrail: 1', "handrail: '1'"), '1:11', /without quotes/],
  ['a tab as indentation', changed('    title: Find', '\ttitle: Find'), '8:1', /indent with spaces/],
  ['a tab before a dash', changed('  - id: role', '\t- id: role'), '7:1', /indent with spaces/],
  [
    'uneven indentation',
    changed('    title: Find', '   title: Find'),
    '8:1',
    /a sign is missing|indented unlike/,
  ],
  ['an open quote', changed('title: A', 'title: "A'), '21:1', /a quote that was opened before is not closed/],
  ['an open brace', changed('default: x}', 'default: x'), '6:1', /a bracket .* is not closed with }/],
  ['a colon in a text', changed('A sample', 'A: sample'), '3:8', /put this text in quotes/],
  ['@ at the start', changed('A sample', '@sample'), '3:8', /put this text in quotes/],
  ['a name twice', changed('title: A sample', 'title: A\ntitle: B'), '4:1', /this name is there already/],
  ['no steps', sound.slice(0, sound.indexOf('  - id')), '6:7', /nothing after this: write a list/],
  ['a number for a text', changed('A sample', '5'), '3:8', /put this in quotes.* a number/],
  ['a negative number', changed('minDelay: 5', 'minDelay: -5'), '18:17', /a number of at least 0/],
  ['an unknown word', changed('success, m', 'succes, m'), '17:19', /one of success, failure, retry/],
  ['an unknown type', changed('type: string', 'type: text'), '5:13', /one of string, number/],
  ['if', changed(call, `    if: \${{ inputs.a }}\n${call}`), '9:5', /if is not known here/],
  ['an open ${{', changed('inputs.a }}', 'inputs.a'), '11:17', /is not closed by }}/],
  ['{{ }}', changed('${{ inputs.a }}', "'{{ inputs.a }}'"), '11:18', /write an expression as \${{ inputs/],
  ['${ }', changed('${{ inputs.a }}', '${ inputs.a }'), '11:17', /write an expression as/],
  ['$ {{ }}', changed('${{ inputs.a }}', "'$ {{ inputs.a }}'"), '11:18', /write an expression as/],
  [
    'two expressions in when',
    changed(call, `    when: \${{ inputs.a == 'x' }} && \${{ inputs.a == 'y' }}\n${call}`),
    '9:11',
    /write one expression: join its parts/,
  ],
  [
    'two expressions in assert',
    changed(
      '    call: iam:GetRole\n    with:\n      RoleName: ${{ inputs.a }}\n',
      "    assert:\n      that: ${{ inputs.a == 'x' }} ${{ inputs.a == 'y' }}\n      message: no\n",
    ),
    '10:13',
    /write one expression: join its parts/,
  ],
  [
    'a no-break space before a value',
    changed('title: A', 'title:\u00a0A'),
    '3:7',
    /a no-break space.*U\+00A0/,
  ],
  ['a no-break space in a value', changed('A sample', 'A\u00a0sample'), '3:9', /a no-break space/],
  ['a zero-width space', changed(': sample', ': \u200bsample'), '2:7', /a zero-width space/],
  ['a bidi control', changed(': sample', ': \u2066sample'), '2:7', /an invisible character here \(U\+2066\)/],
  ['a mark in the middle', changed(': sample', ': \ufeffsample'), '2:7', /a byte-order mark/],
  ['a lost character', changed('A sample', 'Pr\ufffdfung'), '3:10', /a character was lost here/],
  ['line ends of old', sound.replaceAll('\n', '\r'), '1:12', /a lone carriage return/],
];

describe('a mistake in a runbook file', () => {
  it('is none where there is none, also with a byte-order mark, line ends of Windows and signs that can be seen', () => {
    expect(problemsOf(sound)).toEqual([]);
    expect(problemsOf(`\ufeff${sound}`)).toEqual([]);
    expect(problemsOf(sound.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(problemsOf(changed('A sample', 'Prüfung “日本　語” 👩\u200d🚒 – می\u200cخواهم'))).toEqual([]);
    expect(problemsOf(changed('A sample', '"A\\u00a0sample"'))).toEqual([]);
    expect(problemsOf(`# no\u00a0matter\n${sound}`)).toEqual([]);
  });

  it.each(mistakes)('%s: its place, and words for an author', (_, content, place, words) => {
    const [first] = problemsOf(content);
    expect(`${first?.line}:${first?.column}`).toBe(place);
    expect(first?.message).toMatch(words);
    for (const {message} of problemsOf(content)) expect(message).not.toMatch(libraryWords);
  });

  it.each(["''", 'null', 'true', '[]', '1', '.nan', 'x', '~'])(
    'a value of %s where one of several kinds belongs is told which',
    (value) => {
      const places = [
        changed(call, `    undo: ${value}\n${call}`),
        changed('{success: true}', value),
        changed('{state: success, matcher: {success: true}}', value),
        ...(value === '1' ? [] : [changed('minDelay: 5', `minDelay: ${value}`)]),
        ...(value === '.nan' ? [changed('RoleName: ${{ inputs.a }}', `RoleName: ${value}`)] : []),
      ];
      for (const content of places) {
        const found = problemsOf(content);
        expect(found.length, content).toBeGreaterThan(0);
        for (const {message} of found) {
          expect(message).not.toMatch(libraryWords);
          expect(message).toMatch(/write|must not be empty|nobody can work with/);
        }
      }
    },
  );

  it.each([
    ['Latin-1', Buffer.from(changed('A sample', 'Prüfung'), 'latin1'), /not UTF-8: .*0xFC, perhaps a ü/],
    [
      'Windows-1252',
      Buffer.concat([Buffer.from('# It'), Buffer.from([0x92]), Buffer.from(`s\n${sound}`)]),
      /not UTF-8: .*0x92, perhaps a ’/,
    ],
    ['UTF-16', Buffer.from(`\ufeff${sound}`, 'utf16le'), /UTF-16; save it as UTF-8/],
    ['a cut character', Buffer.concat([Buffer.from(sound), Buffer.from([0xc3])]), /not UTF-8/],
  ])('a file in %s is refused', (_, bytes, words) => {
    expect(problemsOf(bytes)[0]?.message).toMatch(words);
  });

  it('gives an expression below | or > the value that it has on the line', () => {
    for (const header of ['|', '>', '|-', '>-', '|+']) {
      const content = changed('RoleName: ${{', `RoleName: ${header}\n        \${{`);
      writeFileSync(join(folder, 'block.yaml'), content);
      const {runbook} = loadRunbook(join(folder, 'block.yaml'));
      expect(JSON.stringify(runbook.steps[0])).toContain('"RoleName":"${{ inputs.a }}"');
      expect(
        problemsOf(changed(call, `    when: ${header}\n      \${{ inputs.a == 'x' }}\n${call}`)),
      ).toEqual([]);
    }
  });
});
