import type {Clock} from './clock.ts';
import type {InputEvent} from './input-event.ts';
import {KeyDecoder} from './key-decoder.ts';

/**
 * Time for the rest of a sequence (ms). An escape alone is the key Esc when nothing follows for a moment. That
 * moment is longer than the gap between two pieces of a sequence on usual links. A sequence with more than the
 * escape is hardly ever a key.
 */
const patience = {escape: 100, sequence: 1000} as const;

/** Terminals mark pastes, so that a pasted line break is no Enter. */
const pastes = {marked: '\u001B[?2004h', unmarked: '\u001B[?2004l'} as const;

/** Keys and pastes that arrive before a listener exists. They are kept for it. */
const longestQueue = 256;

interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly clock: Clock;
}

/** The terminal's keyboard: the only reader of its input, and the only place where bytes become keys. */
export class Keyboard {
  readonly #terminal: Terminal;
  readonly #decoder = new KeyDecoder();
  #listener: ((event: InputEvent) => void) | undefined;
  #early: InputEvent[] = [];
  #forgetTimer: () => void = () => {};

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Takes the terminal: keys come one by one and unechoed from here on. */
  start(): void {
    const {stdin, stdout} = this.#terminal;
    if (!stdin.isTTY) return;
    stdin.setRawMode(true);
    stdout.write(pastes.marked);
    stdin.on('data', this.#read);
    stdin.ref();
    stdin.resume();
  }

  /** Returns the terminal to the state that a shell expects. Unread bytes stay for the next reader. */
  stop(): void {
    const {stdin, stdout} = this.#terminal;
    this.#forgetTimer();
    this.#decoder.flush();
    if (!stdin.isTTY) return;
    stdin.off('data', this.#read);
    stdin.pause();
    stdin.unref();
    if (!stdin.destroyed) stdin.setRawMode(false);
    if (!stdout.destroyed) stdout.write(pastes.unmarked);
  }

  /** Sends all input to `listener`, including input from before any listener. */
  listen(listener: (event: InputEvent) => void): () => void {
    this.#listener = listener;
    this.#tell(this.#early.splice(0));
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  readonly #read = (chunk: Uint8Array | string): void => {
    this.#forgetTimer();
    this.#tell(this.#decoder.decode(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    const {pending} = this.#decoder;
    if (pending === undefined) return;
    this.#forgetTimer = this.#terminal.clock.after(patience[pending], () =>
      this.#tell(this.#decoder.flush()),
    );
  };

  #tell(events: readonly InputEvent[]): void {
    for (const event of events) {
      if (this.#listener !== undefined) this.#listener(event);
      else if (this.#early.length < longestQueue) this.#early.push(event);
    }
  }
}
