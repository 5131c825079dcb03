import {systemClock, type Clock} from '../terminal/clock.ts';
import type {Event} from '../../engine/model/events.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import type {RunState} from '../../engine/model/state.ts';
import {toAscii} from '../../text/ascii.ts';
import {CallLog} from '../regions/call-log.ts';
import type {NarratedEvent} from '../../wording/narrated-event.ts';
import {createNarrator} from '../../wording/narrate.ts';
import {Pacer} from '../terminal/frame-scheduler.ts';
import {RunScreen} from './run-screen.tsx';
import type {Asking} from './run-screen-state.ts';
import {summaryText} from '../../wording/run-summary.ts';
import {InkSession} from '../terminal/ink-session.tsx';
import type {Closing} from '../../wording/run-summary.ts';
import type {View} from '../view.ts';

/** Number of narrated events to keep: more than any screen shows. */
const keptEvents = 100;

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
export function createScreen({
  stdout,
  stdin,
  onInterrupt,
  now,
  env,
  clock = systemClock,
}: ScreenOptions): View {
  const narrate = createNarrator();
  let state: RunState = initialState;
  let told: readonly NarratedEvent[] = [];
  let opening = 'Starting';
  let awaited: string | undefined;
  let asking: Asking | undefined;
  let questions = 0;
  let closing: Closing | undefined;
  let steer: ((command: Command) => void) | undefined;
  const calls = new CallLog();
  const left = Promise.withResolvers<void>();
  const session = new InkSession({
    stdout,
    stdin,
    env,
    clock,
    onGone() {
      left.resolve();
      onInterrupt();
    },
    tree: (columns, rows) => (
      <RunScreen
        columns={columns}
        rows={rows}
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
        redraw={() => pacer.now()}
      />
    ),
  });
  const pacer = new Pacer({draw: session.draw, busy: () => session.busy, now: clock.now});
  const changed = (): void => pacer.soon();
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
      // After the run, no other handler acts on signals.
      const ignoreSignals = session.onSignal(left.resolve);
      await left.promise;
      ignoreSignals();
      clearInterval(ticker);
      pacer.stop();
      await session.end();
      if (session.gone) return;
      const text = summaryText(last);
      stdout.write(session.theme.ascii ? text.split('\n').map(toAscii).join('\n') : text);
    },
  };
}
