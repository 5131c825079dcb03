import {bundledPackages} from '../cli/bundled-packages.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {UsageError} from '../cli/usage-error.ts';

export const licensesCommand: Command = {
  name: 'licenses',
  purpose: 'print the licenses of the packages that this program contains',
  usage: '',
  options: [],
  run(args) {
    if (args.positionals.length > 0) throw new UsageError('licenses takes no arguments');
    const packages = bundledPackages();
    process.stdout.write(
      packages === undefined
        ? 'Handrail runs from its source here. Its packages and their licenses are in node_modules.\n'
        : packages.map(({license}) => license).join(`\n${'-'.repeat(80)}\n\n`),
    );
    return Promise.resolve(exitCodes.done);
  },
};
