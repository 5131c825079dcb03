import {show} from '../text/show.ts';
import {padEnd} from '../text/width.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {UsageError} from '../cli/usage-error.ts';
import {listRuns, type ListedRun} from '../runs/list-runs.ts';

export const runsCommand: Command = {
  name: 'runs',
  purpose: 'list the runs on this host: their state, and how to go on',
  usage: '[options]',
  options: [{name: 'json', help: 'write the list as JSON'}],
  async run(args) {
    const [extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`runs lists all of them, and takes no ${extra}`);
    const runs = listRuns(process.env);
    if (args.flag('json')) process.stdout.write(`${JSON.stringify(runs, undefined, 2)}\n`);
    else process.stdout.write(table(runs, Date.now()));
    return exitCodes.done;
  },
};

function table(runs: readonly ListedRun[], now: number): string {
  if (runs.length === 0) return 'no run was recorded yet; start with: handrail demo\n';
  const rows = [
    ['RUN', 'AGE', 'STATE', 'ACCOUNT', 'PROGRESS', 'GO ON WITH', 'RUNBOOK'],
    ...runs.map((run) => [
      run.id,
      age(now - run.at),
      run.status,
      run.account,
      run.progress,
      goOnWith(run),
      run.title,
    ]),
  ].map((row) => row.map((text) => show(text)));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) => row.map((text, column) => padEnd(text, widths[column] ?? 0)).join('  '));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function goOnWith(run: ListedRun): string {
  if (run.status === 'can be resumed') return `handrail resume ${run.id}`;
  if (run.status === 'running') return `handrail replay ${run.id} --follow`;
  return run.status === 'finished' ? `handrail replay ${run.id}` : `handrail verify ${run.id}`;
}

/** Formats elapsed time in the largest unit that fits. `ms` is in milliseconds. */
function age(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${Math.max(0, minutes)} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
