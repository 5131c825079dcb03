import type {Command} from '../cli/command.ts';
import {policyFormats, policyOf} from '../aws/preflight/policy.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {formatIn} from '../cli/known-name.ts';
import {findRunbook} from '../runs/runbooks/find-runbook.ts';
import {shippedRunbooks} from '../runs/runbooks/shipped-files.ts';
import {UsageError} from '../cli/usage-error.ts';

export const permissionsCommand: Command = {
  name: 'permissions',
  purpose: 'print the IAM policy for exactly what a runbook can call',
  usage: '<runbook name or file> [options]',
  options: [
    {name: 'look', help: 'only the calls that change nothing: enough for --plan'},
    {name: 'undo', help: 'also the calls of undo'},
    {name: 'calendar', help: 'also the look at a change calendar (--calendar ssm:NAME, or by a policy)'},
    {
      name: 'format',
      value: Object.keys(policyFormats).join('|'),
      offers: Object.keys(policyFormats),
      help: 'the form of the policy; json when left out',
    },
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined || extra !== undefined) {
      throw new UsageError(`name one runbook or its file; there are: ${shippedRunbooks().join(', ')}`);
    }
    const [look, undo] = [args.flag('look'), args.flag('undo')];
    if (look && undo) throw new UsageError('give --look or --undo: an undo changes what a look does not');
    const format = args.text('format') ?? 'json';
    const write = formatIn(policyFormats, format);
    const loaded = findRunbook(name);
    const [{modelsFor}, {permissionsFor}] = await Promise.all([
      import('../aws/catalogue/operation-models.ts'),
      import('../aws/preflight/permissions.ts'),
    ]);
    const scope = look ? 'look' : undo ? 'run-and-undo' : 'run';
    const found = await permissionsFor(loaded.runbook, await modelsFor(loaded), scope);
    const own = args.flag('calendar') ? [...found.own, 'ssm:GetCalendarState'] : found.own;
    const permissions = {...found, own};
    process.stdout.write(write(policyOf(permissions), loaded.runbook.name));
    return exitCodes.done;
  },
};
