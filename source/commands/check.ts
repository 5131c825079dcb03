import {statSync} from 'node:fs';
import {defined} from '../data/defined.ts';
import {InvalidRunbook} from '../runbook/load/problem.ts';
import {parseAny} from '../runbook/load/shared-steps/load-alone.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {formatIn} from '../cli/known-name.ts';
import {findRunbook} from '../runs/runbooks/find-runbook.ts';
import {checkedFilesBelow} from '../runs/runbooks/files-in-folder.ts';
import {libraryRunbooks, shippedRunbooks} from '../runs/runbooks/shipped-files.ts';
import {UsageError} from '../cli/usage-error.ts';
import type {FileChecked} from './check-output/file-checked.ts';
import {writers} from './check-output/findings.ts';

export const checkCommand: Command = {
  name: 'check',
  purpose: 'find the mistakes in files of runbooks and of shared steps; calls nothing',
  usage: '<runbook name, file or folder>… [options]',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      offers: Object.keys(writers),
      help: 'text, json for editors, github for annotations, sarif for code scanning, junit for build servers',
    },
    {name: 'json', help: 'the same as --format json'},
    {name: 'strict', help: 'take warnings for problems'},
  ],
  async run(args) {
    if (args.positionals.length === 0)
      throw new UsageError('name at least one runbook, its file, or a folder of them');
    const format = args.text('format') ?? (args.flag('json') ? 'json' : 'text');
    const write = formatIn(writers, format);
    const found = await Promise.all(args.positionals.flatMap(filesOf).map((name) => checkFile(name)));
    const files = args.flag('strict') ? found.map(strictly) : found;
    process.stdout.write(write(files));
    return files.every(({problems}) => problems.length === 0) ? exitCodes.done : exitCodes.usage;
  },
};

/** A folder stands for the runbooks and the shared steps in it and below it. Throws UsageError where there are none. */
function filesOf(name: string): readonly string[] {
  if ([...shippedRunbooks(), ...libraryRunbooks()].includes(name) || !isFolder(name)) return [name];
  const files = checkedFilesBelow(name);
  if (files.length === 0) throw new UsageError(`${name} holds no runbook: no YAML file there begins as one`);
  return files;
}

function isFolder(name: string): boolean {
  return statSync(name, {throwIfNoEntry: false})?.isDirectory() === true;
}

function strictly(file: FileChecked): FileChecked {
  return {...file, problems: [...file.problems, ...file.warnings], warnings: []};
}

async function checkFile(name: string): Promise<FileChecked> {
  try {
    const loaded = findRunbook(name, parseAny);
    const [{checkRunbook}, {lookUp}] = await Promise.all([
      import('../runbook/check/check.ts'),
      import('../aws/catalogue/operation-models.ts'),
    ]);
    const {problems, warnings, missing} = await checkRunbook(loaded, lookUp);
    const skipped = [...missing].map(([operation, why]) => `${operation} would be skipped: ${why}`);
    return {name, problems, warnings, skipped, ...defined({shared: loaded.shared})};
  } catch (error) {
    if (error instanceof InvalidRunbook) return {name, problems: error.problems, warnings: [], skipped: []};
    throw error;
  }
}
