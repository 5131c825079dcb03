import {PassThrough, Writable} from 'node:stream';
import {systemClock, type Clock} from '../../source/ui/terminal/clock.ts';
import xterm from '@xterm/headless';

let elapsed = 0;

/** A clock on which every wait for a moment without keys is long over, and frames and lone escapes come at once. */
export const hastyClock: Clock = {
  now: () => (elapsed += 10_000),
  after: (ms, run) => systemClock.after(Math.min(ms, 5), run),
};

/** A keyboard: what is pressed arrives as one chunk. */
class Keyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(on: boolean): this {
    this.isRaw = on;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** A terminal's output, shown by a real emulator. */
class Display extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  written = '';
  /** Set to hold writes back, like a terminal that does not read. */
  private held: (() => void)[] | undefined;
  private readonly emulator: xterm.Terminal;

  constructor(emulator: xterm.Terminal) {
    super({decodeStrings: false});
    this.emulator = emulator;
    this.columns = emulator.cols;
    this.rows = emulator.rows;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = chunk.toString();
    this.written += text;
    this.emulator.write(text.replaceAll('\n', '\r\n'), () => {
      if (this.held === undefined) done();
      else this.held.push(done);
    });
  }

  hold(): void {
    this.held = [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    held.forEach((done) => done());
  }
}

/** A terminal with a keyboard, for a test to press and to read. */
export class Terminal {
  readonly emulator: xterm.Terminal;
  readonly display: Display;
  readonly keyboard = new Keyboard();

  constructor(columns: number, rows: number) {
    this.emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 500});
    this.display = new Display(this.emulator);
  }

  get stdout(): NodeJS.WriteStream {
    return this.display as unknown as NodeJS.WriteStream;
  }

  get stdin(): NodeJS.ReadStream {
    return this.keyboard as unknown as NodeJS.ReadStream;
  }

  /** The rows that are to be seen, without the spaces at their ends. */
  get rows(): readonly string[] {
    const buffer = this.emulator.buffer.active;
    return Array.from({length: this.emulator.rows}, (_, row) =>
      (
        buffer.getLine(buffer.viewportY + row)?.translateToString(true, 0, this.emulator.cols) ?? ''
      ).trimEnd(),
    );
  }

  get text(): string {
    return this.rows.join('\n');
  }

  /** Whether anything was ever scrolled off the alternate screen. */
  get scrolled(): boolean {
    return this.emulator.buffer.alternate.baseY > 0;
  }

  press(keys: string): void {
    this.keyboard.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    this.display.columns = columns;
    this.display.rows = rows;
    this.display.emit('resize');
  }

  /** Waits until the screen shows, or no longer shows, something. */
  async until(seen: (text: string) => boolean): Promise<void> {
    for (const end = Date.now() + 120_000; Date.now() < end;) {
      if (seen(this.text)) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`Not seen on the screen:\n${this.text}`);
  }

  /**
   * What is to be seen when nothing more is written: a frame can be seen before all of it is there. Nothing is on its
   * way when three pauses in a row bring nothing: Ink holds a frame back for 17 ms at most, and timers that were set
   * before a pause fire before its end, however loaded the machine is.
   */
  async atRest(): Promise<string> {
    let before = '';
    for (let same = 0; same < 3;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const seen = `${this.display.written.length}\n${this.text}`;
      same = seen === before ? same + 1 : 0;
      before = seen;
    }
    return this.text;
  }

  async shows(part: string): Promise<void> {
    await this.until((text) => text.includes(part));
  }
}

export const keys = {
  up: '\u001B[A',
  down: '\u001B[B',
  end: '\u001B[F',
  enter: '\r',
  escape: '\u001B',
  interrupt: '\u0003',
} as const;

/** What a terminal sends for a paste, in bracketed mode. */
export function paste(text: string): string {
  return `\u001B[200~${text}\u001B[201~`;
}
