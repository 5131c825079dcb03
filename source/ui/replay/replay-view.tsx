import {tick, transport, type Player} from '../../replay/player.ts';
import {pressedIn} from '../keyboard/key-table.ts';
import type {KeyEvent} from '../terminal/input-event.ts';
import {replayHelp, replayHints, transportKeys} from './transport-keys.ts';
import {replayBar} from './transport-bar.ts';
import {createShower, type Recording} from './replay-screen-props.ts';
import {RunScreen} from '../run/run-screen.tsx';
import {InkSession} from '../terminal/ink-session.tsx';

/** Time between two frames while it plays, and between two looks at whether anything is to be drawn (ms). */
const frame = 50;
/** Time of each frame spent on computing states ahead, so that seeks are short (ms). */
const aheadMs = 16;

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
export interface ReplayScreen {
  /** Resolves when the watcher has left and the terminal is restored. Rejects with the error of `follow`. */
  readonly done: Promise<void>;
  /** Leaves. */
  close(): void;
}

/** Shows a recorded run on the run's own screen, with a transport bar. Read only: nothing can be answered or steered. */
export function createReplayScreen(options: ReplayOptions): ReplayScreen {
  const {stdout, stdin, env, recording, clock, follow} = options;
  const {timeline} = recording;
  const show = createShower(recording);
  const left = Promise.withResolvers<void>();
  let player = options.player;
  let going = follow !== undefined;
  /** Reason why it cannot be followed any further. */
  let failure: unknown;
  let last = clock();
  let drawnAt = -Infinity;
  /** A live screen keeps the time of the world; a replayed one the time that it was. */
  const now = (): number =>
    player.live && going
      ? Math.max(Date.now(), timeline.stateAt(player.count).now)
      : timeline.timeAt(player.count, player.played);

  const onKey = (key: KeyEvent): boolean => {
    const wish = pressedIn(transportKeys, undefined, key);
    if (wish === undefined) return false;
    player = transport(player, timeline, wish);
    draw();
    return true;
  };
  const session = new InkSession({
    stdout,
    stdin,
    env,
    onGone: left.resolve,
    tree(columns, rows) {
      const time = now();
      return (
        <RunScreen
          {...show(player, time)}
          columns={columns}
          rows={rows}
          onInterrupt={left.resolve}
          onLeave={left.resolve}
          replay={{
            watching: player.live && going,
            bar: (room) => replayBar(player, timeline, time, room),
            help: replayHelp,
            hints: replayHints,
            onKey,
          }}
        />
      );
    },
  });
  const draw = (): void => {
    drawnAt = clock();
    session.draw();
  };
  const look = (more: () => boolean): void => {
    try {
      going = more();
    } catch (error) {
      going = false;
      failure = error;
      left.resolve();
    }
  };
  const step = (): void => {
    const time = clock();
    const before = player;
    if (going && follow !== undefined) look(follow);
    player = tick(player, timeline, time - last, going);
    last = time;
    const moved =
      player.count !== before.count || player.played !== before.played || player.playing !== before.playing;
    // Countdowns of a live screen move by the second; a terminal that is still busy with the last frame gets none.
    const due = moved || (player.live && going && time - drawnAt >= 1000);
    if (due && !session.busy) draw();
    while (clock() - time < aheadMs && timeline.index(1));
  };

  const ticker = setInterval(step, frame);

  const finish = async (): Promise<void> => {
    await left.promise;
    clearInterval(ticker);
    await session.end();
    if (failure !== undefined) throw failure;
  };
  return {done: finish(), close: left.resolve};
}
