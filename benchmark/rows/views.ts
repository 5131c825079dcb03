import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {node} from '../support/subjects.ts';
import type {Row, Section} from '../table.ts';

/** Row 4: figures of the benchmarks for the screen and the replay. */
export function viewRows(): readonly Section[] {
  return ['screen', 'replay'].map((what) => {
    const program = join(import.meta.dirname, `../${what}.ts`);
    const none = [{name: `the ${what}`, figure: 'not measured: there is no benchmark of it'}];
    return {title: `4. The ${what}`, rows: existsSync(program) ? rowsOf(program) : none};
  });
}

/** Runs a benchmark and reads its table, by its heading. It may end with 1, where a goal is missed. */
function rowsOf(program: string): readonly Row[] {
  const {stdout} = spawnSync(node, ['--import', 'tsx', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [heading = [], ...lines] = stdout.split('\n').flatMap((line) => {
    const cells = line.startsWith('|') ? line.split('|').slice(1, -1) : line.trim().split(/ {2,}/);
    const isRow = cells.length > 1 && !cells.every((cell) => /^\s*[-:]*\s*$/.test(cell));
    return isRow ? [cells.map((cell) => cell.trim())] : [];
  });
  const at = (cells: readonly string[], ...names: readonly string[]): string =>
    cells[heading.findIndex((name) => names.includes(name))] ?? '';
  return lines.map((cells) => {
    const met = at(cells, 'met');
    return {
      name: at(cells, 'what'),
      figure: at(cells, 'measured', 'time'),
      ratio: at(cells, 'ratio'),
      goal: at(cells, 'goal'),
      ...(met === '' ? {} : {met: met === 'yes'}),
    };
  });
}
