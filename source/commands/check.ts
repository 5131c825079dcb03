import type {Problem} from '../runbook/load/problem.ts';
import {formatProblem, InvalidRunbook} from '../runbook/load/problem.ts';
import {show} from '../text/show.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {findRunbook} from '../runs/runbooks/find-runbook.ts';
import {UsageError} from '../cli/usage-error.ts';

export const checkCommand: Command = {
  name: 'check',
  purpose: 'find the mistakes in runbook files; calls nothing',
  usage: '<runbook name or file>… [options]',
  options: [{name: 'json', help: 'write the problems as one JSON document, for editors and CI'}],
  async run(args) {
    if (args.positionals.length === 0) throw new UsageError('name at least one runbook or its file');
    const found = await Promise.all(
      args.positionals.map(async (name) => ({name, ...(await checkFile(name))})),
    );
    const problems = found.flatMap((file) => file.problems);
    const warnings = found.flatMap((file) => file.warnings);
    process.stdout.write(args.flag('json') ? asJson(problems, warnings) : found.map(inLines).join(''));
    return problems.length === 0 ? exitCodes.done : exitCodes.usage;
  },
};

interface FileChecked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Steps that would be skipped on this host, and why. */
  readonly skipped: readonly string[];
}

async function checkFile(name: string): Promise<FileChecked> {
  try {
    const loaded = findRunbook(name);
    const [{checkRunbook}, {lookUp}] = await Promise.all([
      import('../runbook/check/check.ts'),
      import('../aws/catalogue/operation-models.ts'),
    ]);
    const {problems, warnings, missing} = await checkRunbook(loaded, lookUp);
    return {
      problems,
      warnings,
      skipped: [...missing].map(([operation, why]) => `${operation} would be skipped: ${why}`),
    };
  } catch (error) {
    if (error instanceof InvalidRunbook) return {problems: error.problems, warnings: [], skipped: []};
    throw error;
  }
}

function inLines({name, problems, warnings, skipped}: FileChecked & {readonly name: string}): string {
  const warned = warnings.map((one) => ({...one, message: `warning: ${one.message}`}));
  const lines = [...problems, ...warned].flatMap((problem) => formatProblem(problem).split('\n'));
  const verdict =
    problems.length === 0
      ? 'no problems'
      : problems.length === 1
        ? '1 problem'
        : `${problems.length} problems`;
  return [...lines, ...skipped, `${name}: ${verdict}`].map((line) => `${show(line)}\n`).join('');
}

function asJson(problems: readonly Problem[], warnings: readonly Problem[]): string {
  return `${JSON.stringify({version: 1, problems, warnings}, undefined, 2)}\n`;
}
