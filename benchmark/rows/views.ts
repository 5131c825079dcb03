import {execFileSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {node} from '../support/subjects.ts';
import type {Section} from '../table.ts';

const folder = join(import.meta.dirname, '..');

/** Row 4: what the screen's and the replay's own benchmarks measure, each line of theirs a row. */
export function viewRows(): readonly Section[] {
  return ['screen', 'replay'].map((what) => {
    const programs = readdirSync(folder).filter((name) => new RegExp(`^${what}\\.tsx?$`).test(name));
    const lines = programs.flatMap((program) => linesOf(join(folder, program)));
    const rows = lines.map((line) => ({name: line.trim(), figure: ''}));
    const none = [{name: `the ${what}`, figure: 'not measured yet'}];
    return {title: `4. The ${what}`, rows: rows.length === 0 ? none : rows};
  });
}

function linesOf(program: string): readonly string[] {
  const output = execFileSync(node, ['--import', 'tsx', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return output.split('\n').filter((line) => line.trim() !== '');
}
