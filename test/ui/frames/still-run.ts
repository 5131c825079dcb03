import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ConcurrencyGate} from '../../../source/aws/call/concurrency-gate.ts';
import type {Event, RunMode} from '../../../source/engine/model/events.ts';
import type {RunState} from '../../../source/engine/model/state.ts';
import {inputValues} from '../../../source/runbook/inputs.ts';
import {findRunbook} from '../../../source/runs/runbooks/find-runbook.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {execute} from '../../../source/runs/start-run.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../../source/simulator/scenario/schema.ts';
import {startSimulator, type Simulator} from '../../../source/simulator/server.ts';
import {createScreen} from '../../../source/ui/run/run-view.tsx';
import type {View} from '../../../source/ui/view.ts';
import {isStuck} from '../../../source/wording/blocked-help.ts';
import {Sleepers} from '../../support/sleepers.ts';
import {hastyClock, keys, Terminal} from '../terminal.ts';

/** A moment at which nothing is under way: no call, no frame. Time stands still in it. */
interface Rest {
  readonly terminals: readonly Terminal[];
  readonly state: RunState;
  readonly simulator: Simulator;
  /** Simulated ms since the epoch. */
  readonly now: number;
}

export interface StillRunOptions {
  readonly scenario: string | Scenario;
  readonly runbook?: string;
  readonly inputs?: readonly string[];
  readonly mode?: RunMode;
  /** Sizes of the terminals that show the run; the operator types into the first. */
  readonly sizes: readonly (readonly [columns: number, rows: number])[];
  readonly env?: {readonly [name: string]: string};
  /** Calls that may be under way together; any number when absent. */
  readonly atATime?: number;
  /** Called before the run begins. */
  readonly started?: (simulator: Simulator) => void;
  /** Called with every batch of events, before the screen has it. */
  readonly published?: (events: readonly Event[]) => void;
  /** Looks at the screen in each rest. */
  readonly atRest: (rest: Rest) => Promise<void> | void;
}

/** Who waits for a time within this many ms of the first is woken with it: 34 Regions' polls are one frame. */
const stride = 700;

/**
 * Runs a runbook on the real screen, on an emulated terminal, against a simulator over HTTP. Time passes only when
 * nothing is under way, from one awaited moment to the next. The operator agrees to everything, and waives.
 */
export async function stillRun(options: StillRunOptions): Promise<void> {
  const {scenario, sizes, env = {LANG: 'C.UTF-8'}} = options;
  let now = Date.UTC(2026, 10, 22, 12);
  const sleepers = new Sleepers();
  const clock = {now: () => now, until: sleepers.until};
  const simulator = await startSimulator(typeof scenario === 'string' ? loadScenario(scenario) : scenario, {
    now: clock.now,
    latencyMs: 0,
  });
  options.started?.(simulator);
  const terminals = sizes.map(([columns, rows]) => new Terminal(columns, rows));
  const [terminal] = terminals;
  if (terminal === undefined) throw new Error('a run needs a terminal');
  const [screen, ...others] = terminals.map(({stdout, stdin}) =>
    createScreen({stdout, stdin, clock: hastyClock, now: clock.now, onInterrupt: () => {}, env}),
  );
  if (screen === undefined) throw new Error('a run needs a screen');
  let state: RunState | undefined;
  let asks = false;
  const view: View = {
    ...screen,
    publish(next, events) {
      options.published?.(events);
      state = next;
      for (const one of [screen, ...others]) one.publish(next, events);
    },
    ask(question, signal) {
      asks = true;
      const over = new AbortController();
      for (const other of others) void other.ask(question, over.signal);
      return screen.ask(question, signal).finally(() => {
        asks = false;
        over.abort();
      });
    },
    async close(closing) {
      const closed = others.map((other) => other.close(closing));
      await screen.close(closing);
      for (const {keyboard} of terminals.slice(1)) keyboard.write('q');
      await Promise.all(closed);
    },
  };
  const never = new AbortController().signal;
  const loaded = findRunbook(options.runbook ?? 'delete-service-linked-role');
  const ended = {left: false};
  const run = execute(
    {
      loaded,
      inputs: inputValues(loaded.runbook, options.inputs ?? []),
      mode: options.mode ?? 'live',
      simulation: true,
      regions: [],
      connection: {endpoint: simulator.endpoint, credentials: simulatedCredentials},
      budget: new ConcurrencyGate(options.atATime),
      answers: {yes: false, confirm: [], waive: [], everything: false},
    },
    {
      view,
      clock,
      env: {XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'handrail-still-'))},
      stopper: {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}},
    },
  ).finally(() => (ended.left = true));
  run.catch(() => undefined);
  try {
    while (!ended.left) {
      const before = state;
      for (const one of terminals) await one.atRest();
      if (state === undefined || state !== before || state.calls.length > 0) continue;
      const waits = asks || state.ended !== undefined || isStuck(state) || sleepers.first !== undefined;
      if (!waits) continue;
      if (terminal.emulator.buffer.active.type === 'normal') continue;
      await options.atRest({terminals, state, simulator, now});
      if (asks) await answered(terminal, state, () => !asks);
      else if (state.ended !== undefined) terminal.press('q');
      else if (isStuck(state)) await waived(terminal, state, () => state !== before);
      else {
        now = Math.max(now, (sleepers.first ?? now) + stride);
        sleepers.wakeDue(now);
        // The screen's own tick is real time: the time that has passed is drawn like news.
        for (const one of [screen, ...others]) one.waiting?.(undefined);
      }
    }
    await run;
  } finally {
    await simulator.close();
  }
}

async function answered(terminal: Terminal, {question}: RunState, done: () => boolean): Promise<void> {
  // A yes is taken once the changes were seen to their end.
  terminal.press('\u001B[F');
  await terminal.atRest();
  terminal.press(question?.kind === 'type-text' ? question.typeToConfirm : 'y');
  await terminal.shows(question?.kind === 'type-text' ? `> ${question.typeToConfirm}` : '> y');
  terminal.press(keys.enter);
  await terminal.until(done);
}

async function waived(terminal: Terminal, state: RunState, done: () => boolean): Promise<void> {
  const region = [...state.lanes].find(
    ({fault, waived}) => fault !== undefined && waived === undefined,
  )?.region;
  if (region === undefined) throw new Error(`nothing to waive:\n${terminal.text}`);
  terminal.press('w');
  await terminal.shows(`Type ${region}`);
  terminal.press(region);
  await terminal.shows(`> ${region}`);
  terminal.press(keys.enter);
  await terminal.until(done);
}
