import {render} from 'ink';
import {tick, transport, type Player, type Transport} from '../../replay/player.ts';
import {fullScreen} from '../terminal/ink-options.ts';
import type {Action} from '../keyboard/bindings.ts';
import {replayBar} from './transport-bar.ts';
import {createShower, type Recording} from './replay-screen-props.ts';
import {withoutBlocking, written} from '../terminal/nonblocking-output.ts';
import {RunScreen} from '../run/run-screen.tsx';
import {Suspension} from '../terminal/suspend.ts';
import {ThemeContext, themeFrom} from '../terminal/theme.tsx';

/** Time between two frames while it plays, and between two looks at whether anything is to be drawn (ms). */
const frame = 50;
/** How long of each frame is spent on working states out ahead, so that seeks are short (ms). */
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
   * Adds what has happened since to the timeline; true while the run may still go on. What it throws ends the replay.
   * Absent: it is all there.
   */
  readonly follow?: () => boolean;
}

/** A replay on the whole screen of a terminal. */
export interface ReplayScreen {
  /** Resolves when the watcher has left and the terminal is restored. Rejects with what `follow` threw. */
  readonly done: Promise<void>;
  /** Leaves. */
  close(): void;
}

/** Shows a recorded run on the run's own screen, with a transport bar. Read only: nothing can be answered or steered. */
export function createReplayScreen(options: ReplayOptions): ReplayScreen {
  const {stdout, stdin, recording, clock, follow} = options;
  const {timeline} = recording;
  const theme = themeFrom(options.env);
  const show = createShower(recording);
  const left = Promise.withResolvers<void>();
  const block = withoutBlocking(stdout);
  const suspension = new Suspension(stdout);
  let player = options.player;
  let going = follow !== undefined;
  let broken = false;
  /** Why it cannot be followed any further. */
  let failure: unknown;
  let last = clock();
  let drawnAt = -Infinity;
  /** A live screen keeps the time of the world; a replayed one the time that it was. */
  const now = (): number =>
    player.live && going
      ? Math.max(Date.now(), timeline.stateAt(player.count).now)
      : timeline.timeAt(player.count, player.played);

  const onKey = (action: Action | undefined, input: string): boolean => {
    const key = transportOf(action, input);
    if (key === undefined) return false;
    player = transport(player, timeline, key);
    draw();
    return true;
  };
  const tree = (): React.JSX.Element => {
    const time = now();
    return (
      <ThemeContext value={theme}>
        <RunScreen
          {...show(player, time)}
          columns={stdout.columns || 80}
          rows={stdout.rows || 24}
          onInterrupt={left.resolve}
          onLeave={left.resolve}
          suspension={suspension}
          replay={{
            watching: player.live && going,
            bar: (columns) => replayBar(player, timeline, time, columns),
            onKey,
          }}
        />
      </ThemeContext>
    );
  };
  const draw = (): void => {
    drawnAt = clock();
    instance.rerender(tree());
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
    if (due && !broken && stdout.writableLength === 0) draw();
    while (clock() - time < aheadMs && timeline.index(1));
  };

  // A hang-up shows as an error of the stream, which would end the process.
  const gone = (): void => {
    broken = true;
    left.resolve();
  };
  stdout.on('error', gone);
  stdin.on('error', gone);
  // Before Ink's own listener, so that no frame of the old height is written to the new size.
  stdout.on('resize', resized);
  function resized(): void {
    draw();
  }
  // Before the first frame: an echo of keys that are pressed early would shift everything that is drawn.
  if (stdin.isTTY) stdin.setRawMode(true);
  const instance = render(tree(), {
    stdout,
    stdin,
    ...fullScreen,
  });
  const ticker = setInterval(step, frame);

  const finish = async (): Promise<void> => {
    await left.promise;
    clearInterval(ticker);
    suspension.release();
    stdout.off('resize', resized);
    instance.unmount();
    if (!broken) await instance.waitUntilExit();
    await written(stdout);
    block();
    if (failure !== undefined) throw failure;
  };
  return {done: finish(), close: left.resolve};
}

function transportOf(action: Action | undefined, input: string): Transport | undefined {
  switch (action) {
    case 'toggle':
    case 'next-event':
    case 'seconds-back':
    case 'seconds-forward':
    case 'previous-step':
    case 'next-step':
    case 'next-failure':
    case 'faster':
    case 'slower':
      return action;
    case 'tenth':
      return {tenth: Number(input)};
    default:
      return undefined;
  }
}
