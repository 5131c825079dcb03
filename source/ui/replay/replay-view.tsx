import type {Player} from '../../replay/player.ts';
import {systemClock} from '../terminal/clock.ts';
import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import {Playback} from './playback.ts';
import {ReplayScreen} from './replay-screen.tsx';
import {createShower, type Recording} from './replay-screen-props.ts';

interface ReplayOptions extends TerminalOptions {
  readonly recording: Recording;
  readonly player: Player;
  /** Adds new events to the timeline. Returns true while the run may continue. Absent: the recording is complete. */
  readonly follow?: () => boolean;
}

/** A replay on the whole screen of a terminal. */
export interface ReplayView {
  /** Resolves when the watcher has left and the terminal is restored. Rejects with the error of `follow`. */
  readonly done: Promise<void>;
  /** Leaves. */
  close(): void;
}

/** Shows a recorded run on the run's own screen, with a transport bar. Read only: nothing can be answered or steered. */
export function createReplayView(options: ReplayOptions): ReplayView {
  const {recording, player, follow, clock = systemClock, ...terminal} = options;
  const {timeline} = recording;
  const playback = new Playback({timeline, player, clock: clock.now, follow});
  const show = createShower(recording);
  const left = Promise.withResolvers<void>();
  const session = new InkSession({
    ...terminal,
    clock,
    onGone: left.resolve,
    tree: (columns, rows) => (
      <ReplayScreen
        {...{timeline, columns, rows}}
        shown={show(playback.player, playback.now)}
        player={playback.player}
        watching={playback.watching}
        onTransport={playback.press}
        onLeave={left.resolve}
      />
    ),
  });
  playback.start(() => session.frames.now(), left.reject);
  const end = (): Promise<void> => {
    playback.stop();
    return session.end();
  };
  return {done: left.promise.finally(end), close: left.resolve};
}
