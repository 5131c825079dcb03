import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';

const source = resolve(import.meta.dirname, '../../source');

/** What each folder may import besides itself: the arrows of the house, which all point one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  text: [],
  simulator: [],
  runbook: [],
  engine: ['runbook'],
  journal: ['engine', 'text'],
  replay: ['engine', 'journal'],
  aws: ['engine', 'runbook'],
  ui: ['engine', 'replay', 'runbook', 'text'],
  report: ['engine', 'journal', 'replay', 'text', 'ui'],
  wording: ['aws', 'commands', 'engine', 'replay', 'runbook', 'text', 'ui'],
  cli: ['aws', 'commands', 'engine', 'journal', 'report', 'runbook', 'runs', 'simulator', 'text', 'ui'],
  runs: ['aws', 'cli', 'commands', 'engine', 'journal', 'replay', 'report', 'runbook', 'simulator', 'text', 'ui'],
  commands: ['cli', 'runs', 'wording', 'aws', 'engine', 'journal', 'replay', 'report', 'runbook', 'simulator', 'text', 'ui'],
  'cli.ts': ['cli', 'commands', 'ui'],
};

function files(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1] ?? '');
}

function room(file: string): string {
  return relative(source, file).split('/')[0] ?? '';
}

const all = files(source);

describe('the house', () => {
  it('has a rule for each of its folders', () => {
    expect(readdirSync(source).filter((name) => allowed[name] === undefined)).toEqual([]);
  });

  it('imports only along its arrows', () => {
    const wrong = all.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => room(resolve(dirname(file), target)))
        .filter((target) => target !== room(file) && !allowed[room(file)]?.includes(target))
        .map((target) => `${relative(source, file)} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps Ink and React in the user interface, and AWS clients in aws', () => {
    const wrong = all.flatMap((file) =>
      importsOf(file)
        .filter((target) => /^(ink|react)(\/|$)/.test(target) && !['ui', 'report'].includes(room(file)))
        .concat(
          importsOf(file).filter((target) => /^@(aws-sdk|smithy)\//.test(target) && room(file) !== 'aws'),
        )
        .map((target) => `${relative(source, file)} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads no clock, file or environment in decide and evolve', () => {
    const pure = all.filter((file) => room(file) === 'engine' || room(file) === 'runbook');
    const impure = pure.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return (
        room(file) === 'engine' &&
        (/\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env/.test(text) ||
          importsOf(file).some((target) => target.startsWith('node:')))
      );
    });
    expect(impure.map((file) => relative(source, file))).toEqual([]);
  });
});
