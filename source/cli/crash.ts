import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {makeJournalFolder} from '../journal/folder.ts';
import {log, logFile} from '../log/log.ts';
import {show} from '../text/show.ts';
import {version} from '../version.ts';
import {exitCodes} from './exit-codes.ts';

/**
 * Says of an error that nobody expected that it is Handrail's own, and how to go on. The stack goes into a file. The
 * process ends after the screen has given the terminal back.
 */
export function surviveCrash(env: NodeJS.ProcessEnv): void {
  const crashed = (error: unknown): void => {
    process.exitCode = exitCodes.crashed;
    log('crashed', {error: error instanceof Error ? error.name : typeof error});
    // Behind the listeners that restore the terminal: they were added earlier.
    process.once('exit', () => process.stderr.write(crashText(error, keep(error, env))));
    process.exit();
  };
  process.once('uncaughtException', crashed);
  process.once('unhandledRejection', crashed);
}

function crashText(error: unknown, file: string | undefined): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const kept = logFile();
  const logged = kept === undefined ? '' : ` The log of it is in ${kept}.`;
  const where = file === undefined ? 'No file could be written about it.' : `The details are in ${file}.`;
  return (
    `handrail: a mistake in Handrail itself ended it, not AWS and not you: ${show(what.split('\n')[0] ?? '')}\n` +
    `${where}${logged} All that was done is in the journal: handrail runs lists it, and handrail resume goes on.\n`
  );
}

/** Writes the stack beside the journals. Returns the file; undefined when it cannot be written. */
function keep(error: unknown, env: NodeJS.ProcessEnv): string | undefined {
  try {
    const folder = join(makeJournalFolder(env), 'crashes');
    if (!existsSync(folder)) mkdirSync(folder, {mode: 0o700});
    const file = join(folder, `${new Date().toISOString().replaceAll(':', '')}.txt`);
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const command = process.argv[2] ?? '';
    writeFileSync(file, `handrail ${version()}, ${process.version}, command ${command}\n${stack}\n`, {
      mode: 0o600,
    });
    return file;
  } catch {
    return undefined;
  }
}
