import {spawn, type ChildProcess} from 'node:child_process';
import {stripVTControlCharacters} from 'node:util';
import type {Readable} from 'node:stream';

/** Result of a command. */
export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  /** The last line that it wrote to stderr. */
  readonly complaint: string;
}

/** Surroundings of a command. */
export interface CommandSetup {
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command, and every process that it has started. */
  readonly signal: AbortSignal;
  /** Each line that it writes to stderr, such as a prompt: also one that is not finished. */
  readonly said: (line: string) => void;
}

/** Much more than any credentials, in characters. */
const longestOutput = 1_000_000;
/** Time for a command to end after SIGTERM, in ms. */
const graceMs = 300;
/** Time to wait for output after the command has ended, in ms. A daemon may keep the pipe open. */
const drainMs = 1000;

/**
 * Runs a command line in a shell, without a terminal: its prompt would compete with the screen for keys. The
 * command leads a process group, so none of its children outlives this process. Throws the error of `spawn`.
 */
export function runCommand(command: string, {env, signal, said}: CommandSetup): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      env,
      shell: true,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let complaint = '';
    let ended: Pick<CommandEnd, 'exitCode' | 'signal'> | undefined;
    const release = killWith(child, signal);
    const settle = (): void => {
      if (ended === undefined) return;
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({...ended, output, complaint});
    };
    collect(child.stdout, (text) => {
      if (output.length < longestOutput) output += text;
    });
    collect(child.stderr, (text) => {
      complaint = lastLine(`${complaint}${text}`);
      if (complaint !== '') said(complaint);
    });
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (exitCode, endedBy) => {
      release();
      ended = {exitCode, signal: endedBy};
      setTimeout(settle, drainMs).unref();
    });
    child.once('close', settle);
  });
}

function collect(stream: Readable, take: (text: string) => void): void {
  stream.setEncoding('utf8');
  stream.on('data', take);
}

/** The last line with something in it, without the controls that draw over it or color it. */
function lastLine(text: string): string {
  const lines = stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  const last = lines.at(-1) ?? '';
  return /[\r\n]$/.test(text) ? `${last}\n` : last;
}

/** Ends the child's whole group when `signal` aborts, and at the latest with this process. Returns how to let go. */
function killWith(child: ChildProcess, signal: AbortSignal): () => void {
  const end = (how: NodeJS.Signals): void => {
    const {pid} = child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill(how);
      else process.kill(-pid, how);
    } catch {
      // It has ended already.
    }
  };
  const atOnce = (): void => end('SIGKILL');
  let timer: NodeJS.Timeout | undefined;
  const politely = (): void => {
    end('SIGTERM');
    timer = setTimeout(() => {
      atOnce();
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, graceMs);
  };
  process.once('exit', atOnce);
  if (signal.aborted) politely();
  signal.addEventListener('abort', politely, {once: true});
  return () => {
    // Of a command that was ended also the rest of its group goes: the leader alone may have obeyed.
    if (signal.aborted) atOnce();
    clearTimeout(timer);
    process.off('exit', atOnce);
    signal.removeEventListener('abort', politely);
  };
}
