import {join} from 'node:path';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {wholeHistory} from '../../host/kept-runs.ts';
import {makeJournalFolder} from '../../journal/folder.ts';
import {JournalError} from '../../journal/journal-error.ts';
import {JournalWriter} from '../../journal/write.ts';
import {engineFrom, engineOption, sayNoEngine} from './engine-option.ts';

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
    const engine = engineFrom(args);
    try {
      const {at} = await engine.about(run);
      if (at === undefined)
        throw new UsageError(`the engine at ${engine.url} has no run ${run} that has begun`);
      if (at.status === 'running' || at.status === 'paused' || at.status === 'asked') {
        throw new UsageError(`run ${run} is still going on: it is exported when it is over`);
      }
      const batches = await wholeHistory(engine, run, at.batches);
      const journal = JournalWriter.create(join(makeJournalFolder(process.env), `${run}.jsonl`), run);
      try {
        for (const batch of batches) await journal.append(batch);
        if (journal.head !== at.head) {
          throw new JournalError(
            `${journal.file} is not what the engine's workers recorded: its last hash differs`,
          );
        }
        process.stdout.write(`${journal.file}\nHash ${journal.head}\n`);
      } finally {
        journal.close();
      }
      return exitCodes.done;
    } catch (error) {
      if (error instanceof UsageError || error instanceof JournalError) throw error;
      return sayNoEngine(error);
    }
  },
};
