import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';
import {libraryRunbooks, libraryTitle, shippedRunbooks} from '../../runs/runbooks/shipped-files.ts';

export const listCommand: Command = {
  name: 'list',
  purpose: 'list the runbooks that come with Handrail',
  usage: '[options]',
  options: [{name: 'json', help: 'write one runbook a line, as JSON'}],
  run(args) {
    if (args.positionals.length > 0)
      throw new UsageError('list takes no arguments; show describes a runbook');
    const rows = [
      ...shippedRunbooks().map((name) => ({name, title: findRunbook(name).runbook.title})),
      ...libraryRunbooks().map((name) => ({name, title: libraryTitle(name), library: true})),
    ];
    const width = Math.max(...rows.map(({name}) => name.length));
    const lines = args.flag('json')
      ? rows.map((row) => JSON.stringify(row))
      : rows.map(({name, title}) => `${name.padEnd(width)}  ${title}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    return Promise.resolve(exitCodes.done);
  },
};
