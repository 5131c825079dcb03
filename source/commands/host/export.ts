import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {exportRun} from '../../runs/host/export-run.ts';
import {engineOption, withEngine} from './engine-option.ts';

export const exportCommand: Command = {
  name: 'export',
  purpose: 'write the journal of a run of a durable engine, for verify, report, replay and undo',
  usage: '<run> --engine URL',
  options: [engineOption],
  async run(args) {
    const [run, extra] = args.positionals;
    if (run === undefined) throw new UsageError('name a run; handrail runs --engine URL lists them');
    if (extra !== undefined) throw new UsageError(`one run at a time: ${extra} is too much`);
    if (!/^[\w.-]+$/.test(run)) throw new UsageError(`${run} is not the id of a run`);
    return withEngine(args, async (engine) => {
      const {file, head} = await exportRun(engine, run, process.env);
      process.stdout.write(`${file}\nHash ${head}\n`);
      return exitCodes.done;
    });
  },
};
