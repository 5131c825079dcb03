import type {Player} from '../../replay/player.ts';
import {systemClock} from '../terminal/clock.ts';
import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import {Playback} from './playback.ts';
import {ReplayScreen} from './replay-screen.tsx';
import {createShower, type Recording} from './replay-screen-props.ts';
import {TakeOver, type Holder} from './take-over.ts';

/** Time between two looks whether a process has the run (ms). */
const lookEvery = 500;

interface ReplayOptions extends TerminalOptions {
  readonly recording: Recording;
  readonly player: Player;
  /** The time of a run that is still going (ms since the epoch); the world's when absent. */
  readonly now?: () => number;
  /** Adds new events to the timeline. Returns true while the run may continue. Absent: the recording is complete. */
  readonly follow?: () => boolean;
  /** The process that has the run, where the watcher may take it over. */
  readonly holder?: Holder;
}

/** A replay on the whole screen of a terminal. */
export interface ReplayView {
  /**
   * Resolves when the watcher has left and the terminal is restored: `go-on` to go on with the run here. Rejects with
   * the error of `follow`.
   */
  readonly done: Promise<'left' | 'go-on'>;
  /** Leaves. */
  close(): void;
}

/** Shows a recorded run on the run's own screen, with a transport bar. Read only: nothing can be answered or steered. */
export function createReplayView(options: ReplayOptions): ReplayView {
  const {recording, player, now = Date.now, follow, holder, clock = systemClock, ...terminal} = options;
  const {timeline} = recording;
  const playback = new Playback({timeline, player, clock: clock.now, now, follow});
  const show = createShower(recording);
  const takeOver = holder === undefined ? undefined : new TakeOver(holder);
  const left = Promise.withResolvers<'left' | 'go-on'>();
  const leave = (): void => left.resolve('left');
  const session = new InkSession({
    ...terminal,
    clock,
    onGone: leave,
    tree: (columns, rows) => (
      <ReplayScreen
        {...{timeline, columns, rows}}
        shown={show(playback.player, playback.now)}
        player={playback.player}
        watching={playback.watching}
        onTransport={playback.press}
        onLeave={leave}
        {...(takeOver === undefined || timeline.stateAt(timeline.length).ended !== undefined
          ? {}
          : {
              hold: takeOver.hold,
              onWish: (wish) => {
                if (wish === 'ask') takeOver.ask();
                else if (takeOver.hold === 'free') left.resolve('go-on');
                session.frames.now();
              },
            })}
      />
    ),
  });
  playback.start(() => session.frames.now(), left.reject);
  const looking = setInterval(() => {
    if (takeOver?.look() === true) session.frames.now();
  }, lookEvery);
  const end = (): Promise<void> => {
    playback.stop();
    clearInterval(looking);
    takeOver?.end();
    return session.end();
  };
  return {done: left.promise.finally(end), close: leave};
}
