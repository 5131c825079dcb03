import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {OperationModel} from '../../runbook/operation.ts';

export const newCommand: Command = {
  name: 'new',
  purpose: 'print a new runbook that calls these operations, in this order',
  usage: '<service:Operation>… [options]',
  options: [{name: 'name', value: 'NAME', help: 'its name; else it is called like its last operation'}],
  async run(args) {
    const names = args.positionals;
    if (names.length === 0)
      throw new UsageError('name the operations: handrail new iam:ListRoles iam:UpdateRole, for instance');
    const name = args.text('name');
    if (name !== undefined && !/^[a-z][a-z0-9-]*$/.test(name))
      throw new UsageError(`${name} is no name of a runbook: use small letters, digits and hyphens`);
    const models: OperationModel[] = [];
    for (const one of names) models.push(await modelOf(one));
    const {skeleton} = await import('../../authoring/skeleton/skeleton.ts');
    process.stdout.write(skeleton(models, name));
    return exitCodes.done;
  },
};

/** Throws UsageError for an operation that is not there, with the one that is meant. */
async function modelOf(name: string): Promise<OperationModel> {
  if (!/^[a-z0-9-]+:[A-Z][A-Za-z0-9]*$/.test(name))
    throw new UsageError(`${name} is no operation: write service:Operation, such as iam:ListRoles`);
  const {lookUp} = await import('../../aws/catalogue/operation-models.ts');
  const found = await lookUp(name);
  if ('model' in found) return found.model;
  const hint = found.suggestion === undefined ? '' : `; did you mean ${found.suggestion}?`;
  throw new UsageError(`${found.message}${hint}`);
}
