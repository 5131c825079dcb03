import type {Event} from '../engine/model/events.ts';
import {atEnd, atStart} from '../replay/player.ts';
import {defaultIdleMs, Timeline} from '../replay/timeline.ts';
import {findRun} from '../journal/find-run.ts';
import {JournalFollower} from '../journal/follow.ts';
import {isInteractive, prepareInk} from '../ui/choose-view.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {stopOnSignals} from '../runs/stop-signals.ts';
import {systemClock} from '../runs/system-clock.ts';
import {UsageError} from '../cli/usage-error.ts';
import {lineWriter} from '../ui/terminal/line-writer.ts';

/** Interval between looks at a run in progress where no screen follows it (ms). */
const lookEvery = 250;

export const replayCommand: Command = {
  name: 'replay',
  purpose: 'watch a recorded run again, or one that is still going',
  usage: '<run, journal file or latest> [options]',
  options: [
    {name: 'follow', help: 'stay with a run that is still going, without touching it'},
    {
      name: 'idle',
      value: 'SECONDS',
      help: 'cut gaps in which nothing happens to this; 2 when left out, 0 cuts none',
    },
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined) throw new UsageError('name a run or a journal file, or type latest');
    if (extra !== undefined) throw new UsageError(`one run at a time: ${extra} is too much`);
    const idleMs = idleFrom(args.text('idle'));
    const journal = new JournalFollower(findRun(name, process.env));
    const follow = args.flag('follow');
    return isInteractive(process.env) ? onScreen(journal, idleMs, follow) : asLines(journal, follow);
  },
};

/** ms. Throws UsageError. */
function idleFrom(text: string | undefined): number {
  if (text === undefined) return defaultIdleMs;
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text)) throw new UsageError(`--idle wants seconds, such as 2 or 0.5: ${text}`);
  return seconds === 0 ? Infinity : seconds * 1000;
}

async function onScreen(journal: JournalFollower, idleMs: number, follow: boolean): Promise<number> {
  prepareInk(process.env);
  const {createReplayView} = await import('../ui/replay/replay-view.tsx');
  const timeline = new Timeline(journal.events, idleMs);
  const stopper = stopOnSignals();
  const {stdout, stdin, env} = process;
  const screen = createReplayView({
    stdout,
    stdin,
    env,
    recording: {timeline, journal: journal.file, head: () => journal.head},
    player: follow ? atEnd(timeline) : atStart,
    ...(follow ? {follow: () => grown(journal, timeline)} : {}),
  });
  stopper.interruption.gently.addEventListener('abort', () => screen.close());
  try {
    await screen.done;
    return exitCodes.done;
  } finally {
    stopper.release();
  }
}

/** Adds newly written events. Returns true if the run may continue. Throws CorruptJournal. */
function grown(journal: JournalFollower, timeline: Timeline): boolean {
  timeline.append(journal.more());
  return timeline.events.at(-1)?.type !== 'run-ended';
}

async function asLines(journal: JournalFollower, follow: boolean): Promise<number> {
  const {createPlainReplay} = await import('../ui/replay/replay-plain.ts');
  const replay = createPlainReplay(lineWriter(process.env), {
    spoken: process.env['INK_SCREEN_READER'] === 'true',
  });
  replay.add(journal.events);
  const ended = journal.events.at(-1)?.type === 'run-ended';
  const stopped = follow && !ended && !(await followed(journal, (events) => replay.add(events)));
  await replay.close({journal: journal.file, head: journal.head});
  return stopped ? exitCodes.interrupted : exitCodes.done;
}

/** Prints new events until the run ends. Returns true if it ended, false if a signal came first. */
async function followed(
  journal: JournalFollower,
  tell: (events: readonly Event[]) => void,
): Promise<boolean> {
  const stopper = stopOnSignals();
  const {gently} = stopper.interruption;
  try {
    for (;;) {
      await systemClock.until(Date.now() + lookEvery, gently);
      const events = journal.more();
      tell(events);
      if (events.at(-1)?.type === 'run-ended') return true;
      if (gently.aborted) return false;
    }
  } finally {
    stopper.release();
  }
}
