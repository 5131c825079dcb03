import type {InputEvent} from './input-event.ts';
import {characterKey, controlKey, controlSequence, keyEvent, singleShift} from './key-names.ts';

/** Kind of the sequence that the bytes so far begin. */
type State =
  | 'ground'
  | 'escape'
  | 'two-escapes'
  | 'control'
  | 'console'
  | 'mouse'
  | 'single-shift'
  | 'string'
  | 'string-escape'
  | 'paste'
  | 'character';

const escape = 0x1b;
const interrupt = 0x03;
const bell = 0x07;
const [carriageReturn, lineFeed] = [0x0d, 0x0a];
const pasteEnd = '\u001B[201~';
/** Longest sequence that a terminal sends; anything longer is none (bytes). */
const longestSequence = 8192;
/** As much of a paste is kept (bytes). */
const longestPaste = 65_536;

/**
 * Sequences that begin a string, and the bytes that can follow them in a terminal's answer. Other bytes mean a
 * key with Alt.
 */
const strings: Readonly<Record<string, RegExp>> = {
  ']': /[\dlLI]/,
  P: /[\d>!$+=|~{]/,
  _: /[ -~]/,
  '^': /[ -~]/,
  X: /[ -~]/,
};

/**
 * Turns the bytes that come from a terminal into keys, pastes and answers, wherever the reads were cut. An escape that
 * nothing has followed yet is a key or the beginning of a sequence: {@link pending} says so, {@link flush} decides it.
 */
export class KeyDecoder {
  #state: State = 'ground';
  /** Bytes of the present state: parameters, a string, a paste or a character. */
  #held: number[] = [];
  /** The letter that began a string. */
  #introducer = '';
  #alt = false;
  /** Bytes of the present character that are still to come. */
  #missing = 0;
  #afterReturn = false;
  #events: InputEvent[] = [];

  /**
   * Kind of time limit for the rest of a sequence. An escape alone may be the key; a longer beginning hardly
   * is.
   */
  get pending(): 'escape' | 'sequence' | undefined {
    if (this.#state === 'escape' || this.#state === 'two-escapes') return 'escape';
    // A paste may stall and continue: later bytes still belong to it.
    return this.#state === 'ground' || this.#state === 'paste' ? undefined : 'sequence';
  }

  /** Takes the next bytes and returns the inputs that they complete. */
  decode(bytes: Uint8Array): readonly InputEvent[] {
    for (const byte of bytes) this.#take(byte);
    return this.#emitted();
  }

  /** Ends the wait for further bytes. Returns the inputs that the bytes so far stand for. */
  flush(): readonly InputEvent[] {
    if (this.pending !== undefined) this.#cutShort();
    return this.#emitted();
  }

  #emitted(): readonly InputEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #take(byte: number): void {
    const after = this.#afterReturn;
    this.#afterReturn = false;
    this.#takers[this.#state](byte, after);
  }

  readonly #takers: Readonly<Record<State, (byte: number, afterReturn: boolean) => void>> = {
    ground: (byte, afterReturn) => {
      if (byte === escape) this.#become('escape');
      // A line's end in two bytes is one Enter.
      else if (byte !== lineFeed || !afterReturn) this.#key(byte);
      this.#afterReturn = byte === carriageReturn;
    },

    escape: (byte) => {
      const letter = String.fromCharCode(byte);
      if (byte === escape) return this.#become('two-escapes');
      if (letter === '[') return this.#become('control');
      if (letter === 'O') return this.#become('single-shift');
      if (letter in strings) {
        this.#introducer = letter;
        return this.#become('string');
      }
      this.#alt = true;
      this.#become('ground');
      this.#key(byte);
    },

    'two-escapes': (byte) => {
      const letter = String.fromCharCode(byte);
      if (letter === '[' || letter === 'O') {
        this.#alt = true;
        return this.#become(letter === '[' ? 'control' : 'single-shift');
      }
      this.#emit(keyEvent('escape'));
      this.#become('escape');
      this.#take(byte);
    },

    control: (byte) => {
      if (byte < 0x20 || byte > 0x7e) return this.#abort(byte);
      const parameters = this.#text();
      const letter = String.fromCharCode(byte);
      if (letter === '[' && parameters === '') return this.#become('console');
      if (letter === 'M' && parameters === '') return this.#become('mouse');
      const isRxvt = letter === '$' && /^\d+$/.test(parameters);
      if (byte < 0x40 && !isRxvt) return this.#hold(byte);
      if (letter === '~' && parameters === '200') return this.#become('paste');
      this.#emit(
        letter === '~' && parameters === '201'
          ? {kind: 'unknown'}
          : controlSequence(parameters, letter, this.#alt),
      );
      this.#rest();
    },

    // The function keys of a Linux console: ESC [ [ A.
    console: (byte) => {
      if (byte < 0x20 || byte > 0x7e) return this.#abort(byte);
      const number = byte - 0x40;
      this.#emit(number >= 1 && number <= 5 ? keyEvent(`f${number}`, this.#alt ? 2 : 0) : {kind: 'unknown'});
      this.#rest();
    },

    // A button, a column and a row.
    mouse: (byte) => {
      if (byte < 0x20) return this.#abort(byte);
      this.#hold(byte);
      if (this.#held.length < 3) return;
      this.#emit({kind: 'reply'});
      this.#rest();
    },

    'single-shift': (byte) => {
      if (byte < 0x20 || byte > 0x7e) return this.#abort(byte);
      if ((byte >= 0x30 && byte <= 0x39) || byte === 0x3b) return this.#hold(byte);
      this.#emit(singleShift(this.#text(), String.fromCharCode(byte), this.#alt));
      this.#rest();
    },

    string: (byte) => {
      if (byte === escape) return void (this.#state = 'string-escape');
      if (byte === bell) return this.#answered();
      const first =
        this.#held.length === 0 && !(strings[this.#introducer]?.test(String.fromCharCode(byte)) ?? false);
      if (byte < 0x20 || first) return this.#abort(byte);
      this.#hold(byte);
    },

    'string-escape': (byte) => {
      if (byte === 0x5c) return this.#answered();
      // The string was cut off by another sequence.
      this.#cutShort();
      this.#become('escape');
      this.#take(byte);
    },

    // Only its end marker and Ctrl-C end a paste. A lost marker therefore does not disable the keyboard.
    paste: (byte) => {
      if (byte === interrupt) {
        this.#rest();
        return this.#key(byte);
      }
      this.#held.push(byte);
      if (byte !== 0x7e || !this.#ends(pasteEnd)) {
        if (this.#held.length > longestPaste) this.#held.splice(longestPaste - pasteEnd.length, 1);
        return;
      }
      this.#emit({kind: 'paste', text: this.#text().slice(0, -pasteEnd.length)});
      this.#rest();
    },

    character: (byte) => {
      if ((byte & 0xc0) !== 0x80) {
        this.#emit({kind: 'unknown'});
        this.#rest();
        return this.#take(byte);
      }
      this.#held.push(byte);
      if (this.#held.length <= this.#missing) return;
      this.#emit(characterKey(this.#text(), this.#alt));
      this.#rest();
    },
  };

  /** A byte outside of any sequence. */
  #key(byte: number): void {
    if (byte < 0x20 || byte === 0x7f) {
      this.#emit(controlKey(byte, this.#alt));
      return this.#rest();
    }
    this.#missing = byte < 0x80 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    if ((byte >= 0x80 && byte < 0xc2) || byte > 0xf4) {
      this.#emit({kind: 'unknown'});
      return this.#rest();
    }
    if (this.#missing > 0) {
      this.#state = 'character';
      return void this.#held.push(byte);
    }
    this.#emit(characterKey(String.fromCharCode(byte), this.#alt));
    this.#rest();
  }

  /** A byte that does not fit ends the sequence as unknown, and the byte stands for itself. */
  #abort(byte: number): void {
    this.#cutShort();
    this.#take(byte);
  }

  /** The sequence that has begun goes no further. */
  #cutShort(): void {
    const state = this.#state;
    const empty = this.#held.length === 0;
    switch (state) {
      case 'two-escapes':
        this.#emit(keyEvent('escape'));
        this.#emit(keyEvent('escape'));
        break;
      case 'escape':
        this.#emit(keyEvent('escape'));
        break;
      case 'control':
        this.#emit(empty ? keyEvent('[', 2) : {kind: 'unknown'});
        break;
      case 'single-shift':
        this.#emit(empty ? keyEvent('O', 2) : {kind: 'unknown'});
        break;
      case 'string':
      case 'string-escape':
        // An unknown sequence began with an escape: at a question it counts as one.
        this.#emit(keyEvent(this.#introducer, 2));
        break;
      default:
        this.#emit({kind: 'unknown'});
    }
    this.#rest();
  }

  #answered(): void {
    this.#emit({kind: 'reply'});
    this.#rest();
  }

  #become(state: State): void {
    this.#state = state;
    this.#held = [];
  }

  #rest(): void {
    this.#become('ground');
    this.#alt = false;
  }

  #hold(byte: number): void {
    this.#held.push(byte);
    if (this.#held.length > longestSequence) this.#cutShort();
  }

  #ends(text: string): boolean {
    const from = this.#held.length - text.length;
    return (
      from >= 0 && Array.from(text).every((letter, at) => this.#held[from + at] === letter.charCodeAt(0))
    );
  }

  #text(): string {
    return Buffer.from(this.#held).toString('utf8');
  }

  #emit(event: InputEvent): void {
    this.#events.push(event);
  }
}
