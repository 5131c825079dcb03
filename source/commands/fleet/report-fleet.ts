import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Arguments} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {formatIn} from '../../cli/known-name.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import {CorruptJournal, readJournal, type Journal} from '../../journal/read.ts';
import {fleetCsv} from '../../report/fleet/csv.ts';
import {fleetHtml} from '../../report/fleet/html.ts';
import {fleetMarkdown} from '../../report/fleet/markdown.ts';
import {fleetReportOf, type FleetReport} from '../../report/fleet/model.ts';
import {pageOfAccount} from '../../report/fleet/account-link.ts';
import {htmlOf} from '../../report/html/page.ts';
import {childFile, findFleet, readFleet} from '../../runs/fleet/fleet-journal.ts';
import {safeJson} from '../../text/json.ts';

/** Writers by format. */
const formats: Readonly<Record<string, (report: FleetReport) => string>> = {
  md: fleetMarkdown,
  html: fleetHtml,
  csv: fleetCsv,
  json: (report) => `${safeJson(report, 2)}\n`,
};

/** Prints a fleet's report, or writes it to a file; as pages to a folder. Returns the exit code. Throws {@link UsageError}. */
export function reportFleet(args: Arguments, name: string, env: NodeJS.ProcessEnv): number {
  const format = args.text('format') ?? 'md';
  const write = formatIn(formats, format);
  const out = args.text('out');
  if (format === 'html' && out === undefined) {
    throw new UsageError('a page for the fleet and one for each account need a folder: --out FOLDER');
  }
  const {file, events, head} = readFleet(findFleet(name, env));
  const journal = {file, records: events.length, head};
  const report = fleetReportOf(evolveFleetAll(events), events, journal, (run) => runJournal(run, env));
  const text = write(report);
  if (out === undefined) process.stdout.write(text);
  else if (format === 'html') writePages(out, text, report, env);
  else writeOut(out, text);
  return exitCodes.done;
}

/** Writes the fleet's page, and that of each account beside it. Throws {@link UsageError}. */
function writePages(folder: string, text: string, report: FleetReport, env: NodeJS.ProcessEnv): void {
  try {
    mkdirSync(folder, {recursive: true, mode: 0o700});
  } catch (error) {
    throw notWritable(folder, error);
  }
  const above = {page: 'index.html', title: `Fleet ${report.fleet}`};
  for (const account of report.accounts) {
    const read = account.run === null ? undefined : runJournal(account.run, env);
    if (account.report === undefined || read === undefined || 'problem' in read) continue;
    writeOut(join(folder, pageOfAccount(account)), htmlOf(account.report, read.events, above));
  }
  writeOut(join(folder, 'index.html'), text);
}

function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text, {mode: 0o600});
  } catch (error) {
    throw notWritable(file, error);
  }
}

function notWritable(file: string, error: unknown): UsageError {
  return new UsageError(
    `${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
  );
}

function runJournal(run: string, env: NodeJS.ProcessEnv): Journal | {readonly problem: string} {
  const file = childFile(run, env);
  if (!existsSync(file)) return {problem: `its journal ${file} is not there`};
  try {
    return readJournal(file);
  } catch (error) {
    if (error instanceof CorruptJournal) return {problem: error.message};
    throw error;
  }
}
