import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {spawn, type IPty} from '@lydell/node-pty';

/** A scene's report on itself. */
export interface SceneReport {
  /** Processor time over time: 1 is a whole core. */
  readonly cpuShare: number;
  /** The longest that the event loop was late, in ms. */
  readonly worstStallMs: number;
}

const child = fileURLToPath(new URL('screen-child.ts', import.meta.url));

/** A scene of screen-child.ts in a pseudo-terminal of 100×40. */
export class Scene {
  bytes = 0;
  #onData: ((bytes: number) => void) | undefined;
  readonly #pty: IPty;
  readonly #folder = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  readonly #exited: Promise<void>;

  constructor(name: string, env: Readonly<Record<string, string>> = {}) {
    this.#pty = spawn(process.execPath, ['--import', 'tsx', child, name, this.#report], {
      cols: 100,
      rows: 40,
      name: 'xterm-256color',
      encoding: null,
      env: {...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color', FORCE_COLOR: '1', CI: '', ...env},
    });
    this.#pty.onData((data) => {
      const {length} = data as unknown as Buffer;
      this.bytes += length;
      this.#onData?.(length);
    });
    this.#exited = new Promise((resolve) => void this.#pty.onExit(() => resolve()));
  }

  get #report(): string {
    return join(this.#folder, 'report.json');
  }

  /** Resolves when the scene is on the screen and measures itself. */
  async ready(): Promise<void> {
    while (!existsSync(`${this.#report}.ready`)) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  /** Resolves with the next output. */
  output(): Promise<void> {
    return new Promise((resolve) => {
      this.#onData = () => {
        this.#onData = undefined;
        resolve();
      };
    });
  }

  /** Reads no more than `bytesPerSecond` from now on. */
  throttle(bytesPerSecond: number): void {
    this.#onData = (length) => {
      this.#pty.pause();
      setTimeout(() => this.#pty.resume(), (length / bytesPerSecond) * 1000);
    };
  }

  /** Ends the scene and reads its measurements. */
  async end(): Promise<SceneReport> {
    this.#onData = undefined;
    this.#pty.resume();
    this.#pty.kill('SIGUSR2');
    await this.#exited;
    const report = JSON.parse(readFileSync(this.#report, 'utf8')) as SceneReport;
    rmSync(this.#folder, {recursive: true});
    return report;
  }
}
