import {hostname, userInfo} from 'node:os';
import {findRun} from '../../journal/find-run.ts';
import {JournalFollower} from '../../journal/follow.ts';
import {askForRun, renewWish, takeWishBack} from '../../journal/hand-over.ts';
import {isLocked} from '../../journal/lock.ts';
import {atEnd} from '../../replay/player.ts';
import {defaultIdleMs, Timeline} from '../../replay/timeline.ts';
import {secretOption} from '../../cli/answer-options.ts';
import {awsOptions, connectionFrom} from '../../cli/aws-options.ts';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {listRuns} from '../../runs/list-runs.ts';
import {policiesFor} from '../../runs/policy/find-policies.ts';
import {stopOnSignals} from '../../runs/stop-signals.ts';
import {isInteractive, prepareInk} from '../../ui/choose-view.ts';
import {watchInLines} from './watch-lines.ts';

export const watchCommand: Command = {
  name: 'watch',
  purpose: 'follow a run of another terminal, and take it over when that one lets go',
  usage: '[run] [options]',
  options: [secretOption, ...awsOptions],
  async run(args) {
    const [name, extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`one run at a time: ${extra} is too much`);
    const file = name === undefined ? newestGoing(process.env) : findRun(name, process.env);
    // Before anything is shown: mistakes in options are not for the moment of taking over.
    const order = {
      file,
      connection: connectionFrom(args, process.env),
      answers: {yes: false, confirm: [], waive: [], everything: false},
      inputs: args.texts('input'),
      policies: (runbook: string) => policiesFor(runbook, undefined, process.env),
    };
    if (!isInteractive(process.env)) return watchInLines(file);
    if (!(await watchOnScreen(file))) return exitCodes.done;
    const [{resume}, {withView}] = await Promise.all([
      import('../../runs/resume-run.ts'),
      import('../../runs/with-view.ts'),
    ]);
    // It takes the lock first, and says who was quicker where another process has it by now.
    return withView({json: false}, (surroundings) => resume(order, surroundings));
  },
};

/** The file of the newest run that a process has. Throws {@link UsageError}. */
function newestGoing(env: NodeJS.ProcessEnv): string {
  const going = listRuns(env).find(({status}) => status === 'running');
  if (going !== undefined) return going.file;
  throw new UsageError('no run is going on now; handrail runs lists them all, and replay shows one again');
}

/** Shows the run until the watcher leaves. Returns true if the watcher wants to go on with it here. */
async function watchOnScreen(file: string): Promise<boolean> {
  prepareInk(process.env);
  const {createReplayView} = await import('../../ui/replay/replay-view.tsx');
  const journal = new JournalFollower(file);
  const timeline = new Timeline(journal.events, defaultIdleMs);
  const stopper = stopOnSignals();
  const {stdout, stdin, env} = process;
  const screen = createReplayView({
    stdout,
    stdin,
    env,
    recording: {timeline, journal: file, head: () => journal.head},
    player: atEnd(timeline),
    follow: () => {
      timeline.append(journal.more());
      return timeline.events.at(-1)?.type !== 'run-ended';
    },
    holder: {
      isThere: () => isLocked(file),
      ask: () => askForRun(file, watcherName()),
      renew: () => renewWish(file, Date.now()),
      forget: () => takeWishBack(file),
    },
  });
  stopper.interruption.gently.addEventListener('abort', () => screen.close());
  try {
    return (await screen.done) === 'go-on';
  } finally {
    stopper.release();
  }
}

/** Names this process for the operator who is asked. */
function watcherName(): string {
  let user = 'someone';
  try {
    user = userInfo().username;
  } catch {
    // A container that runs under a number.
  }
  return `${user} on ${hostname()}, process ${process.pid}`;
}
