import {createHash} from 'node:crypto';
import {existsSync, readFileSync, realpathSync, rmSync} from 'node:fs';
import {connect, createServer, type Server} from 'node:net';
import {hostname, userInfo} from 'node:os';
import {basename} from 'node:path';
import {show} from '../text/show.ts';

/** Another process is running this journal. */
export class JournalInUse extends Error {
  override readonly name = 'JournalInUse';
}

/** The right to write a journal, held by one process at a time. */
export interface Lock {
  release(): void;
}

/** Longest wait for a holder to say who it is, in ms: one that is suspended cannot. */
const introductionMs = 500;

/**
 * Takes the lock of a journal. The lock is a listening socket: it frees itself when the process ends, and does
 * not go stale while the process is suspended. On Linux its name is abstract and leaves no file behind. Tried:
 * it refused a second holder while the first was stopped, and vanished at kill -9. Throws {@link JournalInUse},
 * which names the holder and the start time.
 */
export async function lockJournal(file: string, atMs: number): Promise<Lock> {
  const address = addressOf(file);
  const holder = `process ${process.pid} of ${userName()} on ${hostname()} since ${new Date(atMs).toISOString()}`;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(holder);
  });
  server.unref();
  try {
    await listen(server, address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const other = await introduction(address);
    if (other === undefined) return lockAgain(file, address, atMs);
    throw new JournalInUse(`${file} is being run by ${other}; watch it with: handrail watch ${runOf(file)}`);
  }
  return {release: () => void server.close()};
}

/**
 * Returns true if a process holds the lock of a journal, without asking that process. On Linux the kernel lists
 * the sockets.
 */
export function isLocked(file: string): boolean {
  const address = addressOf(file);
  if (!address.startsWith('\0')) return existsSync(address);
  return readFileSync('/proc/net/unix', 'utf8').includes(`@${address.slice(1)}`);
}

/** Returns the process that holds a journal's lock, by its own words; undefined when none does. */
export async function holderOf(file: string): Promise<string | undefined> {
  return isLocked(file) ? introduction(addressOf(file)) : undefined;
}

function addressOf(file: string): string {
  const digest = createHash('sha256').update(realpathSync(file)).digest('hex').slice(0, 32);
  return process.platform === 'linux' ? `\0handrail-${digest}` : `${file}.lock`;
}

function runOf(file: string): string {
  return basename(file, '.jsonl');
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'an unknown user';
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
}

/** Returns the holder of the lock; undefined when no process answers. */
function introduction(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(address);
    const suspended = setTimeout(() => {
      socket.destroy();
      resolve('a process that is suspended or busy');
    }, introductionMs);
    const done = (who: string | undefined): void => {
      clearTimeout(suspended);
      resolve(who);
    };
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (said += text));
    socket.on('end', () => done(show(said.slice(0, 200))));
    socket.on('error', () => done(undefined));
  });
}

/** A lock file without a listener was left behind by a process that died. */
async function lockAgain(file: string, address: string, atMs: number): Promise<Lock> {
  if (address.startsWith('\0')) throw new JournalInUse(`${file} is being run by another process`);
  rmSync(address, {force: true});
  return lockJournal(file, atMs);
}
