import {lineWriter} from '../ui/terminal/line-writer.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {UsageError} from '../cli/usage-error.ts';
import {begunAt} from '../journal/find-run.ts';
import {listFleets} from '../runs/fleet/list-fleets.ts';
import {listRuns} from '../runs/list-runs.ts';
import {runList} from './runs-output/run-list.ts';

export const runsCommand: Command = {
  name: 'runs',
  purpose: 'list the runs and fleets on this host: their state, and how to go on',
  usage: '[options]',
  options: [{name: 'json', help: 'write the list as JSON'}],
  async run(args) {
    const [extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`runs lists all of them, and takes no ${extra}`);
    const all = [...listRuns(process.env), ...listFleets(process.env)];
    // Stable: what began in the same second stays in its order.
    const runs = all.toSorted((one, other) =>
      begunAt(one.id) < begunAt(other.id) ? 1 : begunAt(one.id) === begunAt(other.id) ? 0 : -1,
    );
    if (args.flag('json')) process.stdout.write(`${JSON.stringify(runs, undefined, 2)}\n`);
    else
      lineWriter(process.env)(
        `${runList(runs, Date.now(), process.stdout.columns ?? Infinity).join('\n')}\n`,
      );
    return exitCodes.done;
  },
};
