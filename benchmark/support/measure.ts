import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median} from './median.ts';

/** Cost of one run of a whole process, with all of its children. */
export interface Cost {
  readonly status: number;
  /** Seconds from start to end. */
  readonly wall: number;
  /** User and system seconds. */
  readonly cpu: number;
  /** Largest resident set of a single process, in KiB. */
  readonly peakKiB: number;
}

/** Runs a command to its end and returns the operating system's counts. Throws when the command fails. */
export async function measure(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Cost & {readonly output: string}> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  const file = join(folder, 'cost.json');
  try {
    const child = spawn('python3', [join(import.meta.dirname, 'measure.py'), file, ...command], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    await new Promise((resolve) => child.once('close', resolve));
    const cost = JSON.parse(readFileSync(file, 'utf8')) as Cost;
    if (cost.status !== 0) throw new Error(`${command.join(' ')} ended with ${cost.status}:\n${output}`);
    return {...cost, output};
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** The median of each figure. */
export function medianCost(costs: readonly Cost[]): Cost {
  const of = (name: keyof Cost): number => median(costs.map((cost) => cost[name]));
  return {status: 0, wall: of('wall'), cpu: of('cpu'), peakKiB: of('peakKiB')};
}

/** Returns true if a command exists and exits with 0. */
export function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, {stdio: 'ignore'}).status === 0;
}
