import {render} from 'ink';
import type {Event} from '../../engine/model/events.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import type {RunState} from '../../engine/model/state.ts';
import {toAscii} from '../../text/ascii.ts';
import {CallLog} from '../regions/call-log.ts';
import {fullScreen} from '../terminal/ink-options.ts';
import type {NarratedEvent} from '../../wording/narrated-event.ts';
import {createNarrator} from '../../wording/narrate.ts';
import {withoutBlocking, written} from '../terminal/nonblocking-output.ts';
import {Pacer} from '../terminal/frame-scheduler.ts';
import {RunScreen} from './run-screen.tsx';
import type {Asking} from './run-screen-state.ts';
import {summaryText} from '../../wording/run-summary.ts';
import {Suspension} from '../terminal/suspend.ts';
import {ThemeContext, themeFrom} from '../terminal/theme.tsx';
import type {Closing} from '../../wording/run-summary.ts';
import type {View} from '../view.ts';

/** Signals that leave a result that is being read. */
const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How many told events are kept; more than any screen shows. */
const keptEvents = 100;

interface ScreenOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  /** The operator wants to stop, or the terminal is gone. The run can be resumed. */
  readonly onInterrupt: () => void;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly env: {readonly [name: string]: string | undefined};
}

/** The run on the whole screen of a terminal. Nothing else may write to the terminal until it is closed. */
export function createScreen({stdout, stdin, onInterrupt, now, env}: ScreenOptions): View {
  const theme = themeFrom(env);
  const narrate = createNarrator();
  let state: RunState = initialState;
  let told: readonly NarratedEvent[] = [];
  let opening = 'Starting';
  let awaited: string | undefined;
  let asking: Asking | undefined;
  let questions = 0;
  let closing: Closing | undefined;
  let broken = false;
  let steer: ((command: Command) => void) | undefined;
  const calls = new CallLog();
  const left = Promise.withResolvers<void>();

  // A hang-up shows as an error of the streams, which would end the process.
  const gone = (): void => {
    if (broken) return;
    broken = true;
    left.resolve();
    onInterrupt();
  };
  stdout.on('error', gone);
  stdin.on('error', gone);
  const block = withoutBlocking(stdout);
  const suspension = new Suspension(stdout);

  const tree = (): React.JSX.Element => (
    <ThemeContext value={theme}>
      <RunScreen
        columns={stdout.columns || 80}
        rows={stdout.rows || 24}
        state={state}
        now={now()}
        told={told}
        opening={opening}
        awaited={awaited}
        asking={asking}
        closing={closing}
        calls={calls.recent}
        steerable={steer !== undefined && state.ended === undefined}
        onCommand={(command) => steer?.(command)}
        onInterrupt={onInterrupt}
        onLeave={left.resolve}
        suspension={suspension}
        redraw={() => pacer.now()}
      />
    </ThemeContext>
  );
  const draw = (): void => {
    if (!broken) instance.rerender(tree());
  };
  const pacer = new Pacer({draw, busy: () => stdout.writableLength > 0, now: () => performance.now()});
  const changed = (): void => pacer.soon();

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
    // Frames are paced by the pacer; Ink's own limit must not hold back the one that answers a key.
    maxFps: 60,
  });
  // The one ticker: every elapsed time and countdown moves with it.
  const ticker = setInterval(changed, 1000);

  return {
    opening(message) {
      opening = message;
      changed();
    },

    waiting(what) {
      awaited = what;
      changed();
    },

    publish(next: RunState, events: readonly Event[]) {
      state = next;
      for (const event of events) calls.add(event);
      told = [...told, ...events.flatMap((event) => narrate(event, next.steps))].slice(-keptEvents);
      changed();
    },

    steering(handler) {
      steer = handler;
    },

    ask(question, signal) {
      const {promise, resolve} = Promise.withResolvers<Answer>();
      const settle = (answer: Answer): void => {
        // A key may be pressed on a question that is still drawn and no longer asked.
        if (asking?.question !== question) return;
        asking = undefined;
        resolve(answer);
        changed();
      };
      questions += 1;
      asking = {id: questions, question, answer: settle};
      const withdraw = (): void => settle({accepted: false, by: 'nobody'});
      if (signal.aborted) withdraw();
      else signal.addEventListener('abort', withdraw, {once: true});
      changed();
      return promise;
    },

    async close(last) {
      // A second call does not wait for the operator.
      if (closing !== undefined || last.state.ended === undefined || !stdin.isTTY) left.resolve();
      closing = last;
      state = last.state;
      changed();
      // Once the run is over nobody else acts on these.
      for (const signal of ends) process.once(signal, left.resolve);
      await left.promise;
      for (const signal of ends) process.off(signal, left.resolve);
      clearInterval(ticker);
      pacer.stop();
      suspension.release();
      stdout.off('resize', resized);
      instance.unmount();
      await instance.waitUntilExit();
      await written(stdout);
      block();
      if (broken) return;
      const text = summaryText(last);
      stdout.write(theme.ascii ? text.split('\n').map(toAscii).join('\n') : text);
    },
  };
}
