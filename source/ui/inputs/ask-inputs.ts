import {toAscii} from '../../text/ascii.ts';
import {show} from '../../text/show.ts';
import {width, wrap} from '../../text/width.ts';
import {typedText} from '../keyboard/typed-text.ts';
import {isAscii, movesCursor} from '../terminal/capabilities.ts';
import {systemClock, type Clock} from '../terminal/clock.ts';
import type {InputEvent} from '../terminal/input-event.ts';
import {Keyboard} from '../terminal/keyboard.ts';

/** An input that an operator is asked for. */
export interface AskedInput {
  readonly name: string;
  /** What its values are, in a few words. */
  readonly kind: string;
  readonly description?: string;
  /** How the value is written. */
  readonly hint?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** Its value is never shown. */
  readonly concealed?: true;
  /** Says what is wrong with a value; undefined when it is usable. */
  readonly problem: (text: string) => string | undefined;
}

interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: {readonly [name: string]: string | undefined};
  readonly clock?: Clock;
}

/** Longest value that can be typed or pasted. */
const longest = 100_000;

/** Widest line of a description. */
const widest = 100;

const prompt = '> ';

/** Signals that leave: nothing is under way. */
const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Asks for inputs one after the other, in lines, on any terminal. Returns what was typed by their names; undefined when
 * the operator leaves. Only usable values are taken.
 */
export async function askInputs(
  title: string,
  inputs: readonly AskedInput[],
  terminal: Terminal,
): Promise<ReadonlyMap<string, string> | undefined> {
  const asked = new InputLines(inputs, terminal);
  const leave = (): void => asked.leave();
  for (const signal of ends) process.on(signal, leave);
  try {
    return await asked.ask(title);
  } finally {
    for (const signal of ends) process.off(signal, leave);
  }
}

class InputLines {
  readonly #inputs: readonly AskedInput[];
  readonly #terminal: Terminal;
  readonly #keyboard: Keyboard;
  readonly #moves: boolean;
  readonly #values = new Map<string, string>();
  readonly #done = Promise.withResolvers<ReadonlyMap<string, string> | undefined>();
  #at = 0;
  #typed = '';
  #isOver = false;

  constructor(inputs: readonly AskedInput[], terminal: Terminal) {
    const {stdin, stdout, env, clock = systemClock} = terminal;
    this.#inputs = inputs;
    this.#terminal = terminal;
    this.#moves = movesCursor(env);
    const mark = this.#moves ? (sequence: string): unknown => stdout.write(sequence) : undefined;
    this.#keyboard = new Keyboard({stdin, clock, ...(mark === undefined ? {} : {mark})});
  }

  async ask(title: string): Promise<ReadonlyMap<string, string> | undefined> {
    const count = this.#inputs.length === 1 ? 'an input' : `${this.#inputs.length} inputs`;
    this.#sayWrapped(
      '',
      `${title} needs ${count}. Enter takes a value; Esc leaves, and nothing was done yet.`,
    );
    this.#keyboard.start('keys');
    process.on('SIGCONT', this.#takeBack);
    this.#introduce();
    this.#keyboard.listen(this.#hear);
    try {
      return await this.#done.promise;
    } finally {
      process.off('SIGCONT', this.#takeBack);
      this.#keyboard.stop();
    }
  }

  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#echo('\n');
    this.#done.resolve(undefined);
  }

  readonly #hear = (event: InputEvent): void => {
    if (this.#isOver) return;
    if (event.kind === 'end') return this.leave();
    const input = this.#inputs[this.#at];
    if (input === undefined) return;
    if (event.kind === 'paste') return this.#become(pasted(input, this.#typed, event.text));
    if (event.kind !== 'key') return;
    const {name, text} = event;
    switch (name) {
      case 'escape':
      case 'alt-enter':
      case 'ctrl-c':
      case 'ctrl-d':
        return this.leave();
      case 'ctrl-z':
        return this.#suspend();
      case 'enter':
        return this.#take(input);
      case 'backspace':
        return this.#become(typedText.erase(this.#typed));
      case 'ctrl-w':
        return this.#become(typedText.eraseWord(this.#typed));
      case 'ctrl-u':
        return this.#become('');
      case 'left':
      case 'up':
        return this.#become(chosen(input, this.#typed, -1));
      case 'right':
      case 'down':
      case 'tab':
        return this.#become(chosen(input, this.#typed, 1));
      default:
        return text === undefined ? undefined : this.#become(added(input, this.#typed, text));
    }
  };

  #take(input: AskedInput): void {
    const problem =
      this.#typed === '' && input.choices?.includes('') !== true
        ? 'it needs a value'
        : input.problem(this.#typed);
    this.#echo('\n');
    if (problem !== undefined) {
      this.#sayWrapped('  ', problem);
      this.#draw();
      return;
    }
    this.#values.set(input.name, this.#typed);
    this.#typed = '';
    this.#at += 1;
    if (this.#at < this.#inputs.length) return this.#introduce();
    this.#isOver = true;
    this.#done.resolve(this.#values);
  }

  #introduce(): void {
    const input = this.#inputs[this.#at];
    if (input === undefined) return;
    const {name, kind, description = '', hint = '', choices = []} = input;
    const listed = choices.length === 0 ? '' : `one of ${choices.join(', ')}; the arrow keys choose`;
    this.#say('');
    this.#sayWrapped('', `${name}  (${this.#at + 1} of ${this.#inputs.length}) ${kind}`);
    for (const text of [description, hint, listed].filter((one) => one !== '')) this.#sayWrapped('  ', text);
    this.#draw();
  }

  /** Shows the typed text after a key. */
  #become(next: string): void {
    const before = this.#seen();
    this.#typed = next;
    const now = this.#seen();
    if (this.#moves) return this.#draw();
    if (now.startsWith(before)) return this.#echo(this.#fit(now.slice(before.length)));
    let same = 0;
    while (same < before.length && before[same] === now[same]) same += 1;
    this.#echo('\b \b'.repeat(width(before.slice(same))) + this.#fit(now.slice(same)));
  }

  #draw(): void {
    this.#echo(`${this.#moves ? '\r\u001B[K' : ''}${prompt}${this.#fit(this.#seen())}`);
  }

  /** The part of the typed text that there is room for: a line that is broken could not be drawn again. */
  #seen(): string {
    if (this.#inputs[this.#at]?.concealed === true) return '';
    if (!this.#moves) return this.#typed;
    const room = Math.max(1, (this.#terminal.stdout.columns || 80) - prompt.length - 1);
    const characters = Array.from(this.#typed);
    while (width(characters.join('')) > room) characters.shift();
    return characters.join('');
  }

  #sayWrapped(indent: string, text: string): void {
    const columns = Math.min(widest, (this.#terminal.stdout.columns || 80) - 1 - indent.length);
    for (const line of wrap(text, Math.max(20, columns))) this.#say(`${indent}${line}`);
  }

  #say(text: string): void {
    this.#echo(`${this.#fit(text)}\n`);
  }

  #fit(text: string): string {
    return isAscii(this.#terminal.env) ? toAscii(text) : show(text);
  }

  #echo(text: string): void {
    const {stdout} = this.#terminal;
    if (!stdout.destroyed) stdout.write(text);
  }

  #suspend(): void {
    this.#keyboard.stop();
    // The whole group, as the terminal does.
    process.kill(0, 'SIGTSTP');
  }

  /** Takes the terminal from the state that the shell left. */
  readonly #takeBack = (): void => {
    if (this.#isOver) return;
    this.#keyboard.stop();
    this.#keyboard.start('keys');
    this.#draw();
  };
}

/** The text with a typed one at its end. A secret is taken as it is. */
function added({concealed}: AskedInput, typed: string, text: string): string {
  return concealed === true ? (typed + text).slice(0, longest) : typedText.add(typed, text, longest);
}

/** The text with a pasted one at its end. Of a secret, only the last line break is left out. */
function pasted({concealed}: AskedInput, typed: string, text: string): string {
  if (concealed !== true) return typedText.paste(typed, text, longest);
  return (typed + text.replace(/(\r\n|\r|\n)$/, '')).slice(0, longest);
}

/** The next of the values to choose from, or the one before. */
function chosen({choices = []}: AskedInput, typed: string, by: 1 | -1): string {
  if (choices.length === 0) return typed;
  const now = choices.indexOf(typed);
  const next = now < 0 ? (by > 0 ? 0 : choices.length - 1) : (now + by + choices.length) % choices.length;
  return choices[next] ?? typed;
}
