import {join} from 'node:path';
import type {Engine} from '../../host/engine.ts';
import {wholeHistory} from '../../host/history.ts';
import {makeJournalFolder} from '../../journal/folder.ts';
import {JournalError} from '../../journal/journal-error.ts';
import {JournalWriter} from '../../journal/write.ts';
import {UsageError} from '../../cli/usage-error.ts';

/** A journal that was written from an engine's history. */
export interface Exported {
  readonly file: string;
  readonly head: string;
}

/** Writes the ordinary journal of a run that is over. Throws {@link UsageError}, {@link JournalError} and NoEngine. */
export async function exportRun(engine: Engine, run: string, env: NodeJS.ProcessEnv): Promise<Exported> {
  const {at} = await engine.about(run);
  if (at === undefined) throw new UsageError(`the engine at ${engine.url} has no run ${run} that has begun`);
  if (at.status === 'running' || at.status === 'paused' || at.status === 'asked') {
    throw new UsageError(`run ${run} is still going on: it is exported when it is over`);
  }
  const batches = await wholeHistory(engine, run, at.batches);
  const journal = JournalWriter.create(join(makeJournalFolder(env), `${run}.jsonl`), run);
  try {
    for (const batch of batches) await journal.append(batch);
    const {file, head} = journal;
    if (head === at.head) return {file, head};
    throw new JournalError(`${file} is not what the engine's workers recorded: its last hash differs`);
  } finally {
    journal.close();
  }
}
