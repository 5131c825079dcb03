import {createContext, useEffect, type ReactNode} from 'react';
import {render, useApp, type Instance} from 'ink';
import {toAscii} from '../../text/ascii.ts';
import {callBack, unattended} from './bell.ts';
import {toClipboard} from './clipboard.ts';
import {systemClock, type Clock} from './clock.ts';
import {FrameScheduler} from './frame-scheduler.ts';
import {Keyboard} from './keyboard.ts';
import {withoutBlocking, written} from './nonblocking-output.ts';
import {Suspension} from './suspend.ts';
import {ThemeContext, themeFrom, type Theme} from './theme.tsx';

export interface TerminalOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: {readonly [name: string]: string | undefined};
  /** The screen's own time; the process's when absent. */
  readonly clock?: Clock;
}

interface SessionOptions extends TerminalOptions {
  /** The terminal is gone, as after a hang-up. */
  readonly onGone: () => void;
  /** The screen, for as many columns and rows as the terminal has now. */
  readonly tree: (columns: number, rows: number) => ReactNode;
}

/** The session that a screen is drawn in; none where a screen is drawn into a text. */
export const SessionContext = createContext<InkSession | undefined>(undefined);

/** Signals that leave a screen on which nothing is under way. */
const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A terminal that Ink draws all of: raw mode and keys, sizes, Ctrl-Z, hang-ups and slow readers are settled here, once
 * for every screen. Nothing else may write to the terminal until it is ended.
 */
export class InkSession {
  readonly theme: Theme;
  readonly clock: Clock;
  readonly keyboard: Keyboard;
  readonly frames: FrameScheduler;
  readonly suspend: () => void;
  readonly #options: SessionOptions;
  readonly #suspension: Suspension;
  readonly #block: () => void;
  readonly #instance: Instance;
  /** The terminal is gone: nothing can be drawn any more. */
  #gone = false;

  constructor(options: SessionOptions) {
    const {stdout, stdin, env, clock = systemClock} = options;
    this.#options = options;
    this.theme = themeFrom(env);
    this.clock = clock;
    this.keyboard = new Keyboard({
      stdin,
      clock,
      mark: (sequence) => stdout.destroyed || stdout.write(sequence),
    });
    this.frames = new FrameScheduler({draw: this.#draw, busy: () => stdout.writableLength > 0, clock});
    this.#suspension = new Suspension(stdout, this.keyboard);
    this.suspend = this.#suspension.suspend;
    // A hang-up shows as an error of the streams, which would end the process.
    stdout.on('error', this.#hungUp);
    stdin.on('error', this.#hungUp);
    this.#block = withoutBlocking(stdout);
    // Before Ink's own listener, so that no frame of the old height is written to the new size.
    stdout.on('resize', this.#draw);
    process.on('exit', this.#exiting);
    // Before the first frame: an echo of keys that are pressed early would shift everything that is drawn.
    this.keyboard.start('keys');
    this.#instance = render(this.#tree(), {
      stdout,
      stdin,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
      // Screens pace their own frames; Ink's limit must not hold back the one that answers a key.
      maxFps: 60,
    });
  }

  /** Calls an operator back who may look elsewhere: not one who has just pressed a key. Only a terminal rings. */
  ring(text: string): void {
    const {stdout, env} = this.#options;
    if (this.#gone || !stdout.isTTY || this.clock.now() - this.keyboard.lastKeyAt < unattended) return;
    stdout.write(callBack(text, env));
  }

  /** Puts a text on the terminal's clipboard, where it knows how. Only a terminal has one. */
  copy(text: string): void {
    const {stdout, env} = this.#options;
    const bytes = toClipboard(text, env);
    if (!this.#gone && stdout.isTTY && bytes !== undefined) stdout.write(bytes);
  }

  /** Resolves when the terminal has taken the latest frame. */
  async drawn(): Promise<void> {
    await this.#instance.waitUntilRenderFlush();
    await written(this.#options.stdout);
  }

  /**
   * Resolves when the operator has left the screen. A signal calls `leave`: on a screen where nothing is under way, no
   * other handler acts on signals.
   */
  async untilLeft<T>(left: Promise<T>, leave: () => void): Promise<T> {
    for (const signal of ends) process.on(signal, leave);
    const result = await left;
    for (const signal of ends) process.off(signal, leave);
    return result;
  }

  /** Restores the terminal and leaves a text on it. Resolves when it has taken everything. */
  async end(last = ''): Promise<void> {
    const {stdout} = this.#options;
    this.frames.stop();
    this.#suspension.release();
    stdout.off('resize', this.#draw);
    process.off('exit', this.#exiting);
    this.keyboard.stop();
    this.#instance.unmount();
    if (!this.#gone) await this.#instance.waitUntilExit();
    await written(stdout);
    this.#block();
    if (!this.#gone) stdout.write(this.theme.ascii ? last.split('\n').map(toAscii).join('\n') : last);
  }

  /** Draws the screen as it is now. */
  readonly #draw = (): void => {
    if (!this.#gone) this.#instance.rerender(this.#tree());
  };

  #tree(): ReactNode {
    const {stdout, tree} = this.#options;
    return (
      <SessionContext value={this}>
        <ThemeContext value={this.theme}>
          <Attached suspension={this.#suspension}>{tree(stdout.columns || 80, stdout.rows || 24)}</Attached>
        </ThemeContext>
      </SessionContext>
    );
  }

  readonly #hungUp = (): void => {
    if (this.#gone) return;
    this.#gone = true;
    this.#options.onGone();
  };

  readonly #exiting = (): void => this.keyboard.stop();
}

/** Ink gives away how it suspends itself only inside of a component. */
function Attached({suspension, children}: {suspension: Suspension; children: ReactNode}): ReactNode {
  const {suspendTerminal} = useApp();
  useEffect(() => suspension.attach(suspendTerminal), [suspension, suspendTerminal]);
  return children;
}
