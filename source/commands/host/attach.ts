import type {Command} from '../../cli/command.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {notifyOption, showingFrom} from '../../runs/attention/notify-option.ts';
import {engineOption, withEngine} from './engine-option.ts';
import {nameOption, operatorName} from './operator-name.ts';

export const attachCommand: Command = {
  name: 'attach',
  purpose: 'see a run of a durable engine and answer it; it needs no AWS keys here',
  usage: '<run> --engine URL [options]',
  options: [engineOption, nameOption, notifyOption, {name: 'json', help: 'write one event a line, as JSON'}],
  async run(args) {
    const [run, extra] = args.positionals;
    if (run === undefined) throw new UsageError('name a run; handrail runs --engine URL lists them');
    if (extra !== undefined) throw new UsageError(`one run at a time: ${extra} is too much`);
    const by = operatorName(args);
    const [{withView}, {attach}] = await Promise.all([
      import('../../runs/with-view.ts'),
      import('../../runs/host/attach.ts'),
    ]);
    return withEngine(args, async (engine) => {
      const {at, refused} = await engine.about(run);
      if (refused !== undefined) throw new UsageError(`run ${run} could not begin: ${refused.message}`);
      if (at === undefined) {
        throw new UsageError(
          `the engine at ${engine.url} has no run ${run} that has begun; handrail runs --engine ${engine.url} lists them`,
        );
      }
      return withView({...showingFrom(args, process.env), elsewhere: true}, (surroundings) =>
        attach({engine, run, by}, surroundings),
      );
    });
  },
};
