import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';

const engine = resolve(import.meta.dirname, '../../source/engine');

/** Names of AWS's services, operations, members and errors, in texts and patterns. The engine's own are `All` and its faults'. */
const ofAws =
  /['"`/|^:](?:(?:iam|sts|imagebuilder|eventbridge)\b|(?:Cancel|Create|Delete|Describe|Get|List|Put|Update)(?:[A-Z]|['"`])|RoleUsage|[cC]lientToken|NoSuchEntity|\w+Exception\b|Invalid|EntityAlready|ResourceAlready|arn:)|\.(?:RoleUsage\w*|[cC]lientToken)\b|'Exception'/;

/** The code of a file without its comments. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

test('nothing in the engine is decided by a name of AWS: that is the operation model’s or the runbook’s', () => {
  const files = readdirSync(engine, {recursive: true, withFileTypes: true}).filter((entry) =>
    /\.tsx?$/.test(entry.name),
  );
  const found = files.flatMap((entry) => {
    const lines = codeOf(join(entry.parentPath, entry.name)).split('\n');
    return lines.filter((line) => ofAws.test(line)).map((line) => `${entry.name}: ${line.trim()}`);
  });
  expect(files.length).toBeGreaterThan(40);
  expect(found).toEqual([]);
});
