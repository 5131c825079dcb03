import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import type {JsonObject} from '../../source/data/json.ts';
import {defaultLimits, type Program} from '../../source/engine/model/program.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {InvalidRunbook, type Problem} from '../../source/runbook/load/problem.ts';
import {seeded, type Random} from '../crash/random.ts';
import {changesIn, ran, unagreed} from './shape-stub.ts';

const folder = resolve(import.meta.dirname, '../../runbooks');
const shipped = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const shared = readdirSync(join(folder, 'shared')).map((name) => join('shared', name));
const texts = new Map(
  [...shipped, ...shared].map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);

/** The inputs of the shipped runbooks that have no default, and delays that make waits short. */
const given: JsonObject = {
  description: 'new',
  pollSeconds: 300,
  retryWaitSeconds: 0,
  run: {
    run: 'earlier',
    account: '123456789012',
    changes: [
      {
        region: 'eu-west-1',
        step: 'schedules',
        target: 'one',
        operation: 'imagebuilder:UpdateImagePipeline',
        before: {
          arn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/one',
          name: 'one',
          schedule: {scheduleExpression: 'rate(1 day)'},
        },
        written: {},
      },
    ],
  },
};

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('there is nothing to pick from');
  return chosen;
}

/** A text with one mistake, as an editor, a merge or a tired person makes it. */
function mutated(text: string, random: Random): string {
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) =>
    line.trim() === '' || line.trimStart().startsWith('#') ? [] : [at],
  );
  const at = pick(random, places);
  const line = lines[at] ?? '';
  const within = Math.floor(random() * Math.max(1, line.length));
  const names = [...text.matchAll(/[A-Za-z][A-Za-z0-9]{2,}/g)].map(([name]) => name);
  const ways: readonly (() => readonly string[])[] = [
    () => [],
    () => [line, line],
    () => [lines[at + 1] ?? '', line, ...lines.splice(at + 1, 1).slice(1)],
    () => [`  ${line}`],
    () => [line.replace(/^ {2}/, '')],
    () => [line.slice(0, within) + line.slice(within + 1)],
    () => [line.slice(0, within) + pick(random, [...'{}[]:\'"`&|!$@ ,-x1#']) + line.slice(within)],
    () => [line.slice(0, within) + (line[within + 1] ?? '') + (line[within] ?? '') + line.slice(within + 2)],
    () => [line.replace(/[A-Za-z][A-Za-z0-9]{2,}(?!.*[A-Za-z][A-Za-z0-9]{2,})/, () => pick(random, names))],
    () => [line.replace(/[A-Za-z][A-Za-z0-9]{2,}/, () => pick(random, names))],
    () => [line.replace(/\d+/, () => pick(random, ['0', '-1', '1e9', '99999999999999999999', 'many']))],
    () => [
      line.replace(
        /: .+$/,
        () => `: ${pick(random, ["''", 'null', 'true', '[]', '{}', '1', 'x', '${{ inputs }}', '~'])}`,
      ),
    ],
    () => [line.replace(/(==|!=|>|<|&&|\|\|)/, () => pick(random, ['==', '!=', '>', '<', '&&', '||', '=']))],
  ];
  lines.splice(at, 1, ...pick(random, ways)());
  return lines.join('\n');
}

interface Mutant {
  readonly runbook: string;
  /** The file that has the mistake. */
  readonly wrong: string;
  readonly files: ReadonlyMap<string, string>;
}

function mutantOf(random: Random): Mutant {
  const runbook = pick(random, shipped);
  const text = texts.get(runbook) ?? '';
  const included = shared.filter((name) => text.includes(name));
  const wrong = pick(random, [runbook, ...included]);
  for (;;) {
    const now = mutated(texts.get(wrong) ?? '', random);
    if (now !== texts.get(wrong)) return {runbook, wrong, files: new Map([...texts, [wrong, now]])};
  }
}

async function checked({runbook, files}: Mutant): Promise<Program | readonly Problem[]> {
  try {
    const loaded = parseRunbook(runbook, files.get(runbook) ?? '', (name) => {
      const text = files.get(name);
      if (text === undefined) throw new Error('there is no such file');
      return text;
    });
    const {problems, operations} = await checkRunbook(loaded, lookUp);
    if (problems.length > 0) return problems;
    const missing = loaded.runbook.steps.some(
      ({action}) => 'call' in action && !operations.has(String(action.call)),
    );
    const steps = missing
      ? loaded.runbook.steps.filter(({action}) => !('call' in action) || operations.has(String(action.call)))
      : loaded.runbook.steps;
    return {
      runbook: {...loaded.runbook, steps},
      operations,
      limits: defaultLimits,
      attended: false,
      waive: [],
    };
  } catch (error) {
    if (error instanceof InvalidRunbook) return error.problems;
    throw error;
  }
}

/** Words of libraries, and of values that were not meant for a reader. */
const raw =
  /\bexpected\b.*\breceived\b|Invalid input|undefined|\[object|YAML\.|parseDocument|ZodError|TypeError|NaN/;

const count = Number(process.env['HANDRAIL_MUTANTS'] ?? 400);

describe('a shipped runbook with a mistake in it', () => {
  it(`is refused with a line, or does no harm: ${count} of them`, {timeout: 600_000}, async () => {
    const random = seeded(Number(process.env['HANDRAIL_SEED'] ?? 20_261_127));
    const tally = {refused: 0, harmless: 0, changing: 0};
    for (let number = 0; number < count; number += 1) {
      const mutant = mutantOf(random);
      const about = `mutant ${number} of ${mutant.runbook}, in ${mutant.wrong}`;
      const found = await checked(mutant);
      if (!('runbook' in found)) {
        tally.refused += 1;
        expect(found.length, about).toBeGreaterThan(0);
        for (const {file, line, column, message} of found) {
          const text = mutant.files.get(file) ?? '';
          const lines = text.split('\n').length;
          expect(line >= 1 && line <= lines && column >= 1, `${about}: ${file}:${line}:${column}`).toBe(true);
          expect(message, about).not.toMatch(raw);
        }
        continue;
      }
      const declined = await ran(found, {accepts: false, inputs: given});
      expect(changesIn(declined.events), `${about}: nothing was agreed to`).toEqual([]);
      const accepted = await ran(found, {accepts: true, inputs: given});
      expect(unagreed(found, accepted.events), `${about}: a change was not agreed to`).toEqual([]);
      expect([...declined.odd, ...accepted.odd], `${about}: a request is not of its shape`).toEqual([]);
      expect(accepted.state.ended, `${about}: it has an end`).toBeDefined();
      tally.harmless += 1;
      if (changesIn(accepted.events).length > 0) tally.changing += 1;
    }
    if (process.env['HANDRAIL_MUTANTS'] !== undefined) process.stderr.write(`${JSON.stringify(tally)}\n`);
    expect(tally.refused + tally.harmless).toBe(count);
    // Otherwise nothing would have been tried.
    expect(tally.changing).toBeGreaterThan(count / 50);
  });
});
