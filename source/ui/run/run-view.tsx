import {summaryText} from '../../wording/run-summary.ts';
import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import type {View} from '../view.ts';
import {LiveRun} from './live-run.ts';
import {RunScreen} from './run-screen.tsx';

interface ScreenOptions extends TerminalOptions {
  /** The operator wants to stop, or the terminal is gone. The run can be resumed. */
  readonly onInterrupt: (why?: 'hand-over') => void;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** The run on the whole screen of a terminal. Nothing else may write to the terminal until it is closed. */
export function createScreen({onInterrupt, now, ...terminal}: ScreenOptions): View {
  const left = Promise.withResolvers<void>();
  const run = new LiveRun({
    changed: () => session.frames.soon(),
    progressed: () => session.frames.inTime(),
  });
  const session = new InkSession({
    ...terminal,
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
      />
    ),
  });
  // Every elapsed time and countdown moves with it.
  session.frames.everySecond();

  const {opening, waiting, askedFor, publish, steering, ask} = run;
  const close: View['close'] = async (last) => {
    // A second call does not wait for the operator.
    if (run.isClosing || last.state.ended === undefined || !terminal.stdin.isTTY) left.resolve();
    run.close(last);
    await session.untilLeft(left.promise, left.resolve);
    await session.end(summaryText(last));
  };
  return {opening, waiting, askedFor, publish, steering, ask, close};
}
