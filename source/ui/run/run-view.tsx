import {systemClock, type Clock} from '../terminal/clock.ts';
import {FrameScheduler} from '../terminal/frame-scheduler.ts';
import {InkSession} from '../terminal/ink-session.tsx';
import {summaryText} from '../../wording/run-summary.ts';
import type {View} from '../view.ts';
import {LiveRun} from './live-run.ts';
import {RunScreen} from './run-screen.tsx';

interface ScreenOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  /** The operator wants to stop, or the terminal is gone. The run can be resumed. */
  readonly onInterrupt: () => void;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly env: {readonly [name: string]: string | undefined};
  /** The screen's own time; the process's when absent. */
  readonly clock?: Clock;
}

/** The run on the whole screen of a terminal. Nothing else may write to the terminal until it is closed. */
export function createScreen({onInterrupt, now, clock = systemClock, ...terminal}: ScreenOptions): View {
  const left = Promise.withResolvers<void>();
  const run = new LiveRun(() => frames.soon());
  const session = new InkSession({
    ...terminal,
    clock,
    onGone() {
      left.resolve();
      onInterrupt();
    },
    tree: (columns, rows) => (
      <RunScreen
        {...run.shown(now())}
        columns={columns}
        rows={rows}
        onCommand={run.command}
        onInterrupt={onInterrupt}
        onLeave={left.resolve}
        redraw={() => frames.now()}
      />
    ),
  });
  const frames = new FrameScheduler({draw: session.draw, busy: () => session.busy, now: clock.now});
  // Every elapsed time and countdown moves with it.
  frames.everySecond();

  return {
    opening: run.opening,
    waiting: run.waiting,
    publish: run.publish,
    steering: run.steering,
    ask: run.ask,
    async close(last) {
      // A second call does not wait for the operator.
      if (run.isClosing || last.state.ended === undefined || !terminal.stdin.isTTY) left.resolve();
      run.close(last);
      await session.untilLeft(left.promise, left.resolve);
      frames.stop();
      await session.end(summaryText(last));
    },
  };
}
