import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {readJournal, type Journal} from '../../source/journal/read.ts';
import {wholeProgram} from '../support/whole-program.ts';

/** How Handrail is started, as a shell takes it. */
export const handrail = wholeProgram.map((word) => `'${word}'`).join(' ');

/** Longest wait for anything to be seen (ms): loading the sources takes seconds on a busy machine; emulators take longer. */
const patience = Number(process.env['HANDRAIL_PATIENCE'] ?? 120) * 1000;

/** A shell in a real pseudo-terminal, seen through an emulator. */
export class Pty {
  readonly stateHome = mkdtempSync(join(tmpdir(), 'handrail-pty-'));
  /** Everything that was ever written to the terminal. */
  written = '';
  readonly #emulator: xterm.Terminal;
  readonly #pty: IPty;

  constructor(columns: number, rows: number, env: Readonly<Record<string, string>> = {}) {
    this.#emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
    this.#pty = spawn('bash', ['--norc', '--noprofile', '-i'], {
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: {
        ...process.env,
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        PS1: 'shell> ',
        XDG_STATE_HOME: this.stateHome,
        CI: '',
        ...env,
      },
    });
    this.#pty.onData((data) => {
      this.written += data;
      this.#emulator.write(data);
    });
  }

  get text(): string {
    const buffer = this.#emulator.buffer.active;
    return Array.from(
      {length: this.#emulator.rows},
      (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  /** Whether the terminal shows the alternate screen. */
  get alternate(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  /** Process ids of what the shell runs. */
  get children(): readonly number[] {
    const {pid} = this.#pty;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Closes the terminal's other end, as a dropped connection does. */
  hangUp(): void {
    (this.#pty as unknown as {destroy(): void}).destroy();
  }

  /** Scrolls the changes of a decision to their end, and waits until it is to be seen. */
  async readToEnd(): Promise<void> {
    this.press('\u001B[F');
    await this.shows('y goes ahead, n declines, then Enter:');
  }

  async shows(part: string | RegExp): Promise<void> {
    await until(
      () => (typeof part === 'string' ? this.text.includes(part) : part.test(this.text)),
      () => `not seen: ${part}\n${this.text}`,
    );
  }

  /** The journal of the only run. Throws when it is not whole. */
  journal(): Journal {
    const folder = join(this.stateHome, 'handrail');
    const [file = ''] = existsSync(folder)
      ? readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
      : [];
    return readJournal(join(folder, file));
  }

  close(): void {
    this.#pty.kill('SIGKILL');
    rmSync(this.stateHome, {recursive: true, force: true});
  }
}

/** Waits for something that the outside world does. */
export async function until(holds: () => boolean, otherwise: () => string): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(otherwise());
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
