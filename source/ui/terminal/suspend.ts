import type {Keyboard} from './keyboard.ts';
import {written} from './nonblocking-output.ts';

/** Ink's way to give the terminal back for as long as the callback takes. */
export type SuspendTerminal = (away: () => Promise<void>) => Promise<unknown>;

/** Ctrl-Z: gives the terminal back, stops the process group as the terminal itself would, and comes back with `fg`. */
export class Suspension {
  readonly #stdout: NodeJS.WriteStream;
  readonly #keyboard: Keyboard;
  #suspendTerminal: SuspendTerminal | undefined;
  #away = false;

  constructor(stdout: NodeJS.WriteStream, keyboard: Keyboard) {
    this.#stdout = stdout;
    this.#keyboard = keyboard;
    process.on('SIGCONT', this.#continued);
  }

  /** Ink's function is to be had only inside of a component. */
  readonly attach = (suspendTerminal: SuspendTerminal): void => {
    this.#suspendTerminal = suspendTerminal;
  };

  readonly suspend = (): void => {
    void this.#leave(async () => {
      await written(this.#stdout);
      // The whole group, as the terminal does: a shell waits for npm, which waits for us. An orphaned group is not stopped.
      process.kill(0, 'SIGTSTP');
      await new Promise((resolve) => setImmediate(resolve));
    });
  };

  release(): void {
    process.off('SIGCONT', this.#continued);
  }

  /** Another program stopped and continued the process. The terminal is in the state that the shell left. */
  readonly #continued = (): void => {
    void this.#leave(async () => {});
  };

  async #leave(away: () => Promise<void>): Promise<void> {
    if (this.#away || this.#suspendTerminal === undefined) return;
    this.#away = true;
    await this.#suspendTerminal(async () => {
      this.#keyboard.stop();
      await away();
      this.#keyboard.start('keys');
    });
    // A stopped process gets no event for a new window size.
    process.kill(process.pid, 'SIGWINCH');
    // The SIGCONT that this process caused is still to arrive.
    setImmediate(() => (this.#away = false));
  }
}
