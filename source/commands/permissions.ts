import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {findRunbook} from '../runs/runbooks/find-runbook.ts';
import {shippedRunbooks} from '../runs/runbooks/shipped-files.ts';
import {UsageError} from '../cli/usage-error.ts';

export const permissionsCommand: Command = {
  name: 'permissions',
  purpose: 'print the IAM policy for exactly what a runbook can call',
  usage: '<runbook name or file>',
  options: [],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined || extra !== undefined) {
      throw new UsageError(`name one runbook or its file; there are: ${shippedRunbooks().join(', ')}`);
    }
    const loaded = findRunbook(name);
    const [{modelsFor}, {permissionsFor, policyOf}] = await Promise.all([
      import('../aws/catalogue/operation-models.ts'),
      import('../aws/preflight/permissions.ts'),
    ]);
    const permissions = await permissionsFor(loaded.runbook, await modelsFor(loaded));
    process.stdout.write(`${JSON.stringify(policyOf(permissions), undefined, 2)}\n`);
    return exitCodes.done;
  },
};
