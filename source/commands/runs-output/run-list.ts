import {show} from '../../text/show.ts';
import {ago} from '../../text/time.ts';
import {cutEnd, padEnd, width} from '../../text/width.ts';
import type {ListedRun} from '../../runs/list-runs.ts';

/** Formats the list for a terminal of this width; for a pipe, which has none, as a table. */
export function runList(runs: readonly ListedRun[], now: number, columns: number): readonly string[] {
  if (runs.length === 0) return ['no run was recorded yet; start with: handrail demo'];
  const rows = table(runs, now);
  const fits = rows.every((row) => width(row) <= columns);
  return fits ? rows : runs.flatMap((run) => runLines(run, now, columns));
}

function table(runs: readonly ListedRun[], now: number): readonly string[] {
  const rows = [
    ['RUN', 'AGE', 'STATE', 'ACCOUNT', 'PROGRESS', 'GO ON WITH', 'RUNBOOK'],
    ...runs.map((run) => [
      run.id,
      age(now - run.at),
      run.status,
      run.account,
      run.progress,
      `handrail ${goOnWith(run)} ${run.id}`,
      run.title,
    ]),
  ].map((row) => row.map((text) => show(text)));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((text, column) => padEnd(text, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A run below its runbook: `11/20 · acme-images · 2 min ago · resume 20261122T120000Z-kqvs`. */
function runLines(run: ListedRun, now: number, columns: number): readonly string[] {
  const {id, title, status, position, progress, account} = run;
  // The alias says more than the number, and takes less room.
  const alias = account.replace(/^\d{12} /, '');
  const facts = [
    status === 'running' ? 'running' : '',
    position ?? (progress === '' ? status : progress),
    alias,
    ago(now - run.at),
    `${goOnWith(run)} ${id}`,
  ].filter((fact) => fact !== '');
  return [
    cutEnd(show(title), columns),
    ...filled(
      facts.map((fact) => show(fact)),
      columns - 2,
    ),
  ];
}

/** Joins facts into as few lines as they need. */
function filled(facts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const longer = last === undefined ? fact : `${last} · ${fact}`;
    if (last !== undefined && width(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(cutEnd(fact, columns));
  }
  return lines.map((line) => `  ${line}`);
}

/** The command that goes on with a run, without its id. */
function goOnWith({status, fleet}: ListedRun): string {
  if (fleet === true)
    return `fleet ${status === 'can be resumed' ? 'resume' : status === 'damaged' ? 'verify' : 'report'}`;
  if (status === 'can be resumed') return 'resume';
  if (status === 'running') return 'watch';
  return status === 'finished' ? 'replay' : 'verify';
}

/** Formats elapsed time in the largest unit that fits. `ms` is in milliseconds. */
function age(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${Math.max(0, minutes)} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
