import {modelsFor} from '../../aws/catalogue/operation-models.ts';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';
import {shippedRunbooks} from '../../runs/runbooks/shipped-files.ts';
import {runbookText} from './runbook-text.ts';

export const showCommand: Command = {
  name: 'show',
  purpose: 'describe a runbook: its inputs, its steps, and all that it can change',
  usage: '<runbook name or file>',
  options: [],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined || extra !== undefined) {
      throw new UsageError(`name one runbook or its file; there are: ${shippedRunbooks().join(', ')}`);
    }
    const loaded = findRunbook(name);
    const operations = await modelsFor(loaded);
    process.stdout.write(runbookText(name, {...loaded, operations}));
    return exitCodes.done;
  },
};
