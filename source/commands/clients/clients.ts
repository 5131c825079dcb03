import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';

export const clientsCommand: Command = {
  name: 'clients',
  purpose: 'list the clients of AWS services that runbooks can call, or add more of them by npm',
  usage: '[add <service>…]',
  options: [{name: 'json', help: 'print the list as JSON'}],
  async run(args) {
    const [verb, ...services] = args.positionals;
    if (verb === undefined) {
      const {clientList} = await import('./client-list.ts');
      process.stdout.write(clientList(args.flag('json')));
      return exitCodes.done;
    }
    if (verb !== 'add')
      throw new UsageError(`clients knows add, and no ${verb}; without a word it lists them`);
    if (services.length === 0)
      throw new UsageError('name the services: handrail clients add eventbridge, for instance');
    const {addClients} = await import('./add-clients.ts');
    return addClients(services);
  },
};
