import {existsSync, writeFileSync} from 'node:fs';
import type {Arguments} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {formatIn} from '../../cli/known-name.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import {CorruptJournal, readJournal, type Journal} from '../../journal/read.ts';
import {fleetCsv} from '../../report/fleet/csv.ts';
import {fleetMarkdown} from '../../report/fleet/markdown.ts';
import {fleetReportOf, type FleetReport} from '../../report/fleet/model.ts';
import {childFile, findFleet, readFleet} from '../../runs/fleet/fleet-journal.ts';
import {safeJson} from '../../text/json.ts';

/** Writers by format. */
const formats: Readonly<Record<string, (report: FleetReport) => string>> = {
  md: fleetMarkdown,
  csv: fleetCsv,
  json: (report) => `${safeJson(report, 2)}\n`,
};

/** Prints a fleet's report, or writes it to a file. Returns the exit code. Throws {@link UsageError}. */
export function reportFleet(args: Arguments, name: string, env: NodeJS.ProcessEnv): number {
  const write = formatIn(formats, args.text('format') ?? 'md');
  const {file, events, head} = readFleet(findFleet(name, env));
  const journal = {file, records: events.length, head};
  const text = write(fleetReportOf(evolveFleetAll(events), events, journal, (run) => runJournal(run, env)));
  const out = args.text('out');
  if (out === undefined) process.stdout.write(text);
  else {
    try {
      writeFileSync(out, text, {mode: 0o600});
    } catch (error) {
      throw new UsageError(
        `${out} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      );
    }
  }
  return exitCodes.done;
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
