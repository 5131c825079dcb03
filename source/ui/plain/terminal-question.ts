import {closeSync, openSync, writeSync} from 'node:fs';
import {createInterface} from 'node:readline';
import type {ReadStream} from 'node:tty';
import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {toAscii} from '../../text/ascii.ts';
import {show} from '../../text/show.ts';
import {answerFrom, prompt} from './typed-answer.ts';

/** Time before a question in which keys are discarded (ms): they were meant for something else. */
const forgetting = 150;

/**
 * Asks on the process's terminal while the run's lines go elsewhere, as with `| tee log`. Returns undefined
 * where the process has no terminal, as under setsid.
 */
export function askOnTerminal(
  input: ReadStream,
  onInterrupt: () => void,
  ascii: boolean,
): ((question: Question, lines: readonly string[], signal: AbortSignal) => Promise<Answer>) | undefined {
  if (!writeOn('')) return undefined;
  const say = (text: string): void => void writeOn(`${ascii ? toAscii(text) : show(text)}\n`);
  return async (question, shown, signal) => {
    await forgetKeys(input, onInterrupt);
    const {promise, resolve} = Promise.withResolvers<Answer>();
    const leave = (): void => resolve({accepted: false, by: 'nobody'});
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, {once: true});
    const lines = createInterface({input, terminal: false});
    lines.on('line', (typed) => {
      const outcome = answerFrom(question, typed);
      if ('answer' in outcome) resolve(outcome.answer);
      else say(outcome.hint);
    });
    lines.once('close', () => {
      if (!signal.aborted) say('The input has ended: that declines.');
      resolve({accepted: false, by: 'terminal'});
    });
    [...shown, prompt(question)].forEach(say);
    const answer = await promise;
    signal.removeEventListener('abort', leave);
    lines.removeAllListeners('close').close();
    return answer;
  };
}

/** Writes on the terminal that controls this process. Returns whether there is one. */
function writeOn(text: string): boolean {
  try {
    const terminal = openSync('/dev/tty', 'w');
    try {
      writeSync(terminal, text);
    } finally {
      closeSync(terminal);
    }
    return true;
  } catch {
    return false;
  }
}

/** Discards typed input, including half a line. Ctrl-C still counts. */
async function forgetKeys(input: ReadStream, onInterrupt: () => void): Promise<void> {
  const forget = (keys: Buffer | string): void => {
    if (keys.includes('\u0003')) onInterrupt();
  };
  input.setRawMode(true);
  input.on('data', forget);
  input.resume();
  await new Promise((resolve) => setTimeout(resolve, forgetting));
  input.pause();
  input.off('data', forget);
  input.setRawMode(false);
}
