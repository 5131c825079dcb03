import {spawn, type ChildProcessByStdio} from 'node:child_process';
import type {Readable, Writable} from 'node:stream';
import type {Json} from '../../data/json.ts';
import {safeJson} from '../../text/json.ts';
import {show} from '../../text/show.ts';

/** Time that a command may take to tell somebody (ms). Then it is killed: a run does not collect processes that hang. */
const longestMs = 30_000;

/** Time that the end of a run waits for commands that are under way (ms). */
const lastWaitMs = 5_000;

/** Time after its end in which a command's last words are still read (ms). */
const lastWordsMs = 500;

type Child = ChildProcessByStdio<Writable, null, Readable>;

/** Tells somebody by means of a command of the operator's. It never holds up the run, and its failure is only said. */
export class NotifyCommand {
  readonly #words: readonly [string, ...string[]];
  readonly #underWay = new Map<Child, Promise<void>>();
  #failures = 0;
  #lastFailure = '';

  constructor(words: readonly [string, ...string[]]) {
    this.#words = words;
  }

  /** Starts the command and gives it one line of JSON on its standard input. */
  tell(line: Json): void {
    const [program, ...rest] = this.#words;
    // Of its own process group: the Ctrl-C that stops the run is not meant for it.
    const child = spawn(program, rest, {stdio: ['pipe', 'ignore', 'pipe'], detached: true});
    // A command that does not read its input closes it.
    child.stdin.on('error', () => undefined).end(`${safeJson(line)}\n`);
    this.#underWay.set(child, this.#see(child));
  }

  async #see(child: Child): Promise<void> {
    const failure = await failureOf(child);
    this.#underWay.delete(child);
    if (failure === undefined) return;
    this.#failures += 1;
    this.#lastFailure = failure;
  }

  /** Resolves when all commands have ended, or after a few seconds. Returns a sentence about those that failed. */
  async settled(): Promise<string | undefined> {
    const {promise, resolve} = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, lastWaitMs);
    await Promise.race([promise, Promise.all(this.#underWay.values())]);
    clearTimeout(timer);
    const [program] = this.#words;
    const slow = this.#underWay.size;
    // It goes on by itself; this process does not wait for it any more.
    for (const child of this.#underWay.keys()) {
      child.unref();
      child.stderr.destroy();
    }
    if (slow > 0) return `--notify-command: ${show(program)} is still under way after ${lastWaitMs / 1000} s`;
    if (this.#failures === 0) return undefined;
    const times = this.#failures === 1 ? 'once' : `${this.#failures} times`;
    return `--notify-command: ${show(program)} failed ${times}: ${this.#lastFailure}`;
  }
}

/** Resolves when the command is over, with why it failed. */
function failureOf(child: Child): Promise<string | undefined> {
  const {promise, resolve} = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
  timer.unref();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-400)));
  child.on('error', (error: NodeJS.ErrnoException) =>
    resolve(`it cannot be started: ${error.code ?? error.message}`),
  );
  // A program that the command left behind may hold its output open: nothing more is read then.
  child.on('exit', () => setTimeout(() => child.stderr.destroy(), lastWordsMs).unref());
  child.on('close', (code, signal) => {
    const lastLine = said.trim().split('\n').at(-1) ?? '';
    const why = lastLine === '' ? '' : ` (${show(lastLine)})`;
    resolve(code === 0 ? undefined : `it ended with ${signal ?? code}${why}`);
  });
  return promise.finally(() => clearTimeout(timer));
}
