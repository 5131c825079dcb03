import * as fc from 'fast-check';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {parseDocument, stringify} from 'yaml';
import {formatted} from '../../source/authoring/format/format.ts';
import {strictValue} from '../../source/runbook/load/load-other.ts';

const root = join(import.meta.dirname, '../..');
const shipped = readdirSync(join(root, 'runbooks'), {recursive: true, encoding: 'utf8'})
  .filter((name) => name.endsWith('.yaml'))
  .map((name): [string, string] => [name, readFileSync(join(root, 'runbooks', name), 'utf8')]);

/** The same content, written otherwise: members in any order, another indentation, other widths and quotes. */
const writtenOtherwise = fc.record({
  text: fc.constantFrom(...shipped.map(([, text]) => text)),
  seed: fc.nat(),
  indent: fc.constantFrom(2, 3, 4, 8),
  lineWidth: fc.constantFrom(0, 40, 80, 200),
  indentSeq: fc.boolean(),
  singleQuote: fc.boolean(),
  flow: fc.boolean(),
});

function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, next));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => ({name, one, at: next()}));
  return Object.fromEntries(
    entries.sort((a, b) => a.at - b.at).map(({name, one}) => [name, shuffled(one, next)]),
  );
}

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
}

describe('a formatted file', () => {
  it('says the same, and is formatted already', () => {
    fc.assert(
      fc.property(writtenOtherwise, ({text, seed, flow, ...options}) => {
        const value = shuffled(parseDocument(text).toJS(), random(seed));
        const source = stringify(value, {...options, ...(flow ? {collectionStyle: 'flow' as const} : {})});
        const print = formatted('a.yaml', source);
        expect(strictValue('a.yaml', print)).toEqual(strictValue('a.yaml', source));
        expect(formatted('a.yaml', print)).toBe(print);
      }),
      {numRuns: 30},
    );
  });

  it('says the same for texts of any kind, with comments at any place', () => {
    const texts = fc.oneof(
      fc.string({maxLength: 200}),
      fc.stringMatching(/^[ -~\n]{0,120}$/),
      fc.constantFrom(
        'a\n\n  b\n',
        ' a',
        'a \n',
        '\n\n',
        '# no comment',
        "it's",
        '"',
        '- a',
        'yes',
        '12',
        '~kept0~',
      ),
    );
    const files = fc.record({
      texts: fc.array(texts, {maxLength: 6}),
      indent: fc.constantFrom(2, 4, 7),
      lineWidth: fc.constantFrom(0, 30, 80),
      comment: fc.stringMatching(/^[a-z ]{0,20}$/),
      styles: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL'),
    });
    fc.assert(
      fc.property(files, ({texts: all, comment, styles, ...options}) => {
        const whole = stringify(
          {
            steps: [{assert: {message: all[0] ?? '', that: all[1] ?? ''}, title: all[2] ?? '', id: 'a'}],
            others: all,
          },
          {...options, defaultStringType: styles},
        );
        const source = `# ${comment}\n${whole.replaceAll(/^( *)(title|that|others):/gm, `$1# ${comment} $2\n$1$2:`)}`;
        let value: unknown;
        try {
          value = strictValue('a.yaml', source);
        } catch {
          // A sign that no runbook may have, or a comment that came to stand within a text.
          return;
        }
        const print = formatted('a.yaml', source);
        expect(strictValue('a.yaml', print)).toEqual(value);
        expect(formatted('a.yaml', print)).toBe(print);
      }),
      {numRuns: 250},
    );
  });
});

describe('the shipped runbooks and their tests', () => {
  it.each(shipped)('%s is formatted', (name, text) => {
    // To format them: handrail fmt runbooks/*.yaml
    expect(formatted(name, text)).toBe(text);
  });
});
