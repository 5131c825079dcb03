import {writeFileSync} from 'node:fs';
import {findRun} from '../journal/find-run.ts';
import {readJournal, type Journal} from '../journal/read.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {formatIn} from '../cli/known-name.ts';
import {UsageError} from '../cli/usage-error.ts';

/** Writers by format, loaded on demand. */
const formats: Readonly<Record<string, (journal: Journal) => Promise<string>>> = {
  md: async (journal) => {
    const {markdownOf} = await import('../report/markdown/markdown.ts');
    return markdownOf(await report(journal));
  },
  html: async (journal) => {
    const {htmlOf} = await import('../report/html/page.ts');
    return htmlOf(await report(journal), journal.events);
  },
  json: async (journal) => {
    const {safeJson} = await import('../text/json.ts');
    return `${safeJson(await report(journal), 2)}\n`;
  },
  cast: async (journal) => {
    // A file has no terminal to ask about colors. Ink's color library reads this at its first import.
    process.env['FORCE_COLOR'] = '1';
    const {castOf} = await import('../ui/replay/asciicast.ts');
    return castOf(journal);
  },
};

async function report(journal: Journal): Promise<import('../report/model.ts').Report> {
  const {reportOf} = await import('../report/build/fold.ts');
  return reportOf(journal);
}

export const reportCommand: Command = {
  name: 'report',
  purpose: 'hand a recorded run in: for a ticket, as a page, for a machine, or to play in a terminal',
  usage: '<run, journal file or latest> [options]',
  options: [
    {
      name: 'format',
      value: Object.keys(formats).join('|'),
      offers: Object.keys(formats),
      help: 'md when left out',
    },
    {
      name: 'out',
      value: 'FILE',
      offers: 'files',
      help: 'write to this file, readable by you only, instead of standard output',
    },
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined) throw new UsageError('name a run or a journal file, or type latest');
    if (extra !== undefined) throw new UsageError(`one run at a time: ${extra} is too much`);
    const format = args.text('format') ?? 'md';
    const make = formatIn(formats, format);
    const text = await make(readJournal(findRun(name, process.env)));
    const out = args.text('out');
    if (out === undefined) process.stdout.write(text);
    else writeOut(out, text);
    return exitCodes.done;
  },
};

/** Throws UsageError. */
function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text, {mode: 0o600});
  } catch (error) {
    throw new UsageError(
      `${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
}
