import {JournalFollower} from '../../journal/follow.ts';
import {isLocked} from '../../journal/lock.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {stopOnSignals} from '../../runs/stop-signals.ts';
import {systemClock} from '../../runs/system-clock.ts';
import {lineWriter} from '../../ui/terminal/line-writer.ts';

/** Time between two looks at the journal (ms). */
const lookEvery = 250;

/** Prints the lines of a run until it ends, no process has it any more, or a signal comes. Returns the exit code. */
export async function watchInLines(file: string): Promise<number> {
  const {createPlainReplay} = await import('../../ui/replay/replay-plain.ts');
  const journal = new JournalFollower(file);
  const replay = createPlainReplay(lineWriter(process.env), {
    watching: isLocked(file),
    spoken: process.env['INK_SCREEN_READER'] === 'true',
  });
  replay.add(journal.events);
  const stopper = stopOnSignals();
  const {gently} = stopper.interruption;
  let ended = journal.events.at(-1)?.type === 'run-ended';
  let held = true;
  try {
    while (!ended && held && !gently.aborted) {
      // Looked at before the journal is read: what its last holder wrote is not missed.
      held = isLocked(file);
      const events = journal.more();
      replay.add(events);
      ended = events.at(-1)?.type === 'run-ended';
      if (!ended && held) await systemClock.until(Date.now() + lookEvery, gently);
    }
  } finally {
    stopper.release();
  }
  const simulated = journal.events.some((event) => event.type === 'run-started' && event.simulation);
  const next = ended || held || simulated ? {} : {next: `handrail resume ${journal.run}`};
  await replay.close({journal: journal.file, head: journal.head, ...next});
  return !ended && held ? exitCodes.interrupted : exitCodes.done;
}
