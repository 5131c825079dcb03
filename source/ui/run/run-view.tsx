import {endText, summaryText} from '../../wording/run-summary.ts';
import {isStuck} from '../../wording/blocked-help.ts';
import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import type {StopWish, View} from '../view.ts';
import {LiveRun} from './live-run.ts';
import {RunScreen} from './run-screen.tsx';

interface ScreenOptions extends TerminalOptions {
  /** The operator wants to stop, or the terminal is gone. The run can be resumed. */
  readonly onInterrupt: (why?: StopWish) => void;
  /** ms since the epoch. */
  readonly now: () => number;
  /** The run lives elsewhere: leaving does not stop it. */
  readonly elsewhere?: boolean | undefined;
}

/** The run on the whole screen of a terminal. Nothing else may write to the terminal until it is closed. */
export function createScreen({onInterrupt, now, elsewhere, ...terminal}: ScreenOptions): View {
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
        elsewhere={elsewhere}
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

  const {opening, waiting, unanswered, askedFor, steering} = run;
  const ask: View['ask'] = (question, signal) => {
    session.ring(
      question.kind === 'code' ? 'an MFA code is needed' : `a decision waits: ${question.message}`,
    );
    return run.ask(question, signal);
  };
  let stands = false;
  const publish: View['publish'] = (state, events) => {
    run.publish(state, events);
    const standsNow = isStuck(state) || state.paused?.why === 'credentials';
    if (standsNow && !stands) session.ring('the run cannot go on without you');
    stands = standsNow;
  };
  const close: View['close'] = async (last) => {
    // A second call does not wait for the operator.
    if (run.isClosing || last.state.ended === undefined || !terminal.stdin.isTTY) left.resolve();
    run.close(last);
    if (last.state.ended !== undefined) session.ring(endText(last.state));
    await session.untilLeft(left.promise, left.resolve);
    await session.end(summaryText(last));
  };
  return {opening, waiting, unanswered, askedFor, publish, steering, ask, close};
}
