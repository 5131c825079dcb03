import {
  isAscii,
  isBasic,
  movesCursor,
  wantsColor,
  withoutSynchronizedUpdates,
} from './terminal/capabilities.ts';
import {systemClock} from './terminal/clock.ts';
import {lineWriter} from './terminal/line-writer.ts';
import type {RunQuestion} from '../engine/model/events.ts';
import type {Answer} from '../engine/model/ports.ts';
import type {RunState} from '../engine/model/state.ts';
import type {StopWish, View} from './view.ts';

/** Returns true if an operator can be asked: there is a terminal on both ends. */
export function canAsk(): boolean {
  return process.stdout.isTTY && process.stdin.isTTY;
}

/**
 * Returns true if a full screen can be shown and answered: not on a terminal that is read aloud or cannot move
 * its cursor.
 */
export function isInteractive(env: NodeJS.ProcessEnv): boolean {
  return canAsk() && movesCursor(env) && env['INK_SCREEN_READER'] !== 'true';
}

function write(text: string): void {
  process.stdout.write(text);
}

/**
 * Sets the environment variables that Ink and its parts read at their first import. Call it before that. Chalk
 * decides about colors; level 1 is the terminal's 16, whose palette the operator can read. React's development
 * checks cost half of each frame; NODE_ENV=production disables them.
 */
export function prepareInk(env: NodeJS.ProcessEnv): void {
  env['FORCE_COLOR'] = wantsColor(env) ? '1' : '0';
  env['NODE_ENV'] ??= 'production';
  if (isBasic(env)) withoutSynchronizedUpdates(process.stdout);
}

/**
 * Returns the view that fits: JSON lines when asked for; plain lines where the output is no terminal, with questions on
 * the terminal if there is one; lines that are answered in lines for screen readers and terminals that cannot move
 * their cursor; else the full screen.
 */
export async function chooseView(
  options: {
    readonly json: boolean;
    /** The run lives elsewhere: leaving its view does not stop it. */
    readonly elsewhere?: boolean;
    readonly onInterrupt: (why?: StopWish) => void;
  },
  env: NodeJS.ProcessEnv,
): Promise<View> {
  const {onInterrupt, elsewhere} = options;
  const {stdout, stdin} = process;
  if (options.json) {
    const {createJson} = await import('./plain/json-view.ts');
    return createJson({write});
  }
  const writeLines = lineWriter(env);
  if (!canAsk()) {
    const {createPlain} = await import('./plain/plain-view.ts');
    const {askOnTerminal} = await import('./plain/terminal-question.ts');
    const ask = stdin.isTTY
      ? askOnTerminal({stdin, onInterrupt, ascii: isAscii(env), clock: systemClock})
      : undefined;
    return createPlain({write: writeLines, now: Date.now, ...(ask === undefined ? {} : {ask})});
  }
  if (!isInteractive(env)) {
    const spoken = env['INK_SCREEN_READER'] === 'true';
    const {createLinear} = await import('./plain/linear-view.ts');
    return createLinear({
      write: writeLines,
      echo: write,
      stdin,
      marksPastes: movesCursor(env),
      clock: systemClock,
      onInterrupt,
      now: Date.now,
      spoken,
    });
  }
  prepareInk(env);
  const {createScreen} = await import('./run/run-view.tsx');
  return createScreen({stdout, stdin, onInterrupt, now: Date.now, env, elsewhere});
}

/**
 * Asks one question on the terminal, outside of a run, below the lines that say it. Where there is no terminal the answer is
 * no, and names the option that would have answered.
 */
export async function askOnce(
  state: RunState,
  question: RunQuestion,
  onInterrupt: () => void,
  env: NodeJS.ProcessEnv,
): Promise<Answer> {
  const [{createPlain}, {askOnTerminal}] = await Promise.all([
    import('./plain/plain-view.ts'),
    import('./plain/terminal-question.ts'),
  ]);
  const {stdin} = process;
  const ask = stdin.isTTY
    ? askOnTerminal({stdin, onInterrupt, ascii: isAscii(env), clock: systemClock})
    : undefined;
  const view = createPlain({write: () => undefined, now: Date.now, ...(ask === undefined ? {} : {ask})});
  view.publish(state, []);
  return view.ask(question, new AbortController().signal);
}

/** Returns a question as lines: what is asked, the facts for it, and every change. */
export async function questionAsLines(state: RunState, question: RunQuestion): Promise<readonly string[]> {
  const {inFull} = await import('./plain/plain-view.ts');
  return inFull(state, question);
}
