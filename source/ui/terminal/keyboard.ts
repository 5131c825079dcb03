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

/** `keys`: each key as it is pressed, unechoed. `lines`: echoed and edited by the terminal, a line at a time. */
type Mode = 'keys' | 'lines';

interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly clock: Clock;
  /** Writes a sequence that has pastes marked. Absent: the terminal might show it. */
  readonly mark?: ((sequence: string) => void) | undefined;
}

/** The terminal's keyboard: the only reader of its input, and the only place where bytes become keys. */
export class Keyboard {
  readonly #terminal: Terminal;
  readonly #decoder = new KeyDecoder();
  #listener: ((event: InputEvent) => void) | undefined;
  #early: InputEvent[] = [];
  #forgetTimer: () => void = () => {};
  #lastKeyAt = -Infinity;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Time of the last key or paste, on the terminal's clock (ms); of the start before any. */
  get lastKeyAt(): number {
    return this.#lastKeyAt;
  }

  /** Takes the terminal's input from here on. */
  start(mode: Mode): void {
    const {stdin, clock, mark} = this.#terminal;
    this.#lastKeyAt = clock.now();
    if (!stdin.isTTY) return;
    stdin.setRawMode(mode === 'keys');
    if (mode === 'keys') mark?.(pastes.marked);
    stdin.on('data', this.#read).on('end', this.#ended).on('error', this.#ended);
    stdin.ref();
    stdin.resume();
  }

  /** Returns the terminal to the state that a shell expects. Unread bytes stay for the next reader. */
  stop(): void {
    const {stdin, mark} = this.#terminal;
    this.#forgetTimer();
    this.#decoder.flush();
    if (!stdin.isTTY) return;
    stdin.off('data', this.#read).off('end', this.#ended).off('error', this.#ended);
    stdin.pause();
    stdin.unref();
    if (!stdin.destroyed) stdin.setRawMode(false);
    mark?.(pastes.unmarked);
  }

  /** Sends all input to `listener`, including input from before any listener. */
  listen(listener: (event: InputEvent) => void): () => void {
    this.#listener = listener;
    this.#tell(this.#early.splice(0));
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  readonly #ended = (): void => this.#tell([{kind: 'end'}]);

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
      if (event.kind === 'key' || event.kind === 'paste') this.#lastKeyAt = this.#terminal.clock.now();
      if (this.#listener !== undefined) this.#listener(event);
      else if (this.#early.length < longestQueue) this.#early.push(event);
    }
  }
}
