import {closeSync, openSync, writeSync} from 'node:fs';
import type {ReadStream} from 'node:tty';
import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {toAscii} from '../../text/ascii.ts';
import {show} from '../../text/show.ts';
import type {Clock} from '../terminal/clock.ts';
import {Keyboard} from '../terminal/keyboard.ts';
import {askInLines} from './line-question.ts';

interface Options {
  readonly stdin: ReadStream;
  readonly onInterrupt: () => void;
  readonly ascii: boolean;
  readonly clock: Clock;
}

/**
 * Asks on the process's terminal while the run's lines go elsewhere, as with `| tee log`. Returns undefined
 * where the process has no terminal, as under setsid.
 */
export function askOnTerminal({
  stdin,
  onInterrupt,
  ascii,
  clock,
}: Options):
  ((question: Question, lines: readonly string[], signal: AbortSignal) => Promise<Answer>) | undefined {
  if (!writeOn('')) return undefined;
  const echo = (text: string): void => void writeOn(text);
  const say = (text: string): void => echo(`${ascii ? toAscii(text) : show(text)}\n`);
  const keyboard = new Keyboard({stdin, clock, mark: echo});
  return (question, shown, signal) => {
    shown.forEach(say);
    return askInLines({keyboard, clock, echo, say, onInterrupt}, question, signal);
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
