import {appendFileSync} from 'node:fs';
import {JournalWriter} from '../../source/journal/write.ts';
import type {JournalKill} from './child-order.ts';

function killMyself(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Kills this process at a moment of its journals: the writes of all of them count. Returns the number of writes so far. */
export function arm(kill?: JournalKill): () => number {
  const append = JournalWriter.prototype.append;
  let batches = 0;
  JournalWriter.prototype.append = async function (events) {
    batches += 1;
    const isTheOne = batches === kill?.nth;
    if (isTheOne && kill.moment === 'before') killMyself();
    if (isTheOne && kill.moment === 'torn') {
      appendFileSync(this.file, '{"version":1,"sequence":');
      killMyself();
    }
    await append.call(this, events);
    if (isTheOne && kill.moment === 'written') killMyself();
  };
  return () => batches;
}
