import type {Player} from '../../replay/player.ts';
import {FrameScheduler} from '../terminal/frame-scheduler.ts';
import {InkSession} from '../terminal/ink-session.tsx';
import {Playback} from './playback.ts';
import {ReplayScreen} from './replay-screen.tsx';
import {createShower, type Recording} from './replay-screen-props.ts';

/** Time between two frames while it plays, and between two looks at whether anything is to be drawn (ms). */
const frame = 50;

interface ReplayOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: {readonly [name: string]: string | undefined};
  readonly recording: Recording;
  readonly player: Player;
  /** The watcher's clock, in ms. */
  readonly clock: () => number;
  /**
   * Adds new events to the timeline. Returns true while the run may continue. Its error ends the replay.
   * Absent: the recording is complete.
   */
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
  const {recording, player, clock, follow, ...terminal} = options;
  const {timeline} = recording;
  const playback = new Playback({timeline, player, clock, follow});
  const show = createShower(recording);
  const left = Promise.withResolvers<void>();
  const session = new InkSession({
    ...terminal,
    onGone: left.resolve,
    tree: (columns, rows) => (
      <ReplayScreen
        shown={show(playback.player, playback.now)}
        player={playback.player}
        timeline={timeline}
        columns={columns}
        rows={rows}
        watching={playback.watching}
        onTransport={(wish) => {
          playback.press(wish);
          frames.now();
        }}
        onLeave={left.resolve}
      />
    ),
  });
  const frames = new FrameScheduler({draw: session.draw, busy: () => session.busy, now: clock});

  const ticker = setInterval(() => {
    try {
      if (playback.advance()) frames.now();
      playback.prepare();
    } catch (error) {
      left.reject(error);
    }
  }, frame);

  const end = async (): Promise<void> => {
    clearInterval(ticker);
    frames.stop();
    await session.end();
  };
  return {done: left.promise.finally(end), close: left.resolve};
}
