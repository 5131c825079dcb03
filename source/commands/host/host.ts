import {awsOptions, connectionFrom} from '../../cli/aws-options.ts';
import type {Command} from '../../cli/command.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {show} from '../../text/show.ts';
import {engineOption, engineUrl, isDatabase} from './engine-option.ts';
import {workForDatabase} from './host-for-database.ts';
import {workForRestate} from './host-for-restate.ts';

export const hostCommand: Command = {
  name: 'host',
  purpose:
    'work for a durable engine (Restate, or DBOS on PostgreSQL): make the calls of its runs with this process’s credentials',
  usage: '--engine URL [options]',
  options: [
    engineOption,
    {
      name: 'listen',
      value: 'HOST:PORT',
      help: 'where Restate reaches this worker; 127.0.0.1:9180 when left out',
    },
    ...awsOptions,
  ],
  async run(args) {
    const [extra] = args.positionals;
    if (extra !== undefined)
      throw new UsageError(`host takes no ${extra}; runs are given with handrail submit`);
    const address = engineUrl(args);
    const listen = args.text('listen');
    const connection = connectionFrom(args, process.env);
    const said = new Set<string>();
    const order = {
      address,
      connection,
      trouble: (line: string): void => {
        // An engine or a worker tries again each second: the same line is said once.
        if (said.has(line)) return;
        said.add(line);
        process.stderr.write(`handrail: ${show(line)}\n`);
      },
    };
    if (isDatabase(address) && listen !== undefined) {
      throw new UsageError('--listen is for Restate: nobody calls the worker of a database');
    }
    const code = isDatabase(address) ? await workForDatabase(order) : await workForRestate(order, listen);
    // Open connections of the engine would keep the process.
    process.exit(code);
  },
};
