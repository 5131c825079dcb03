import {createHash} from 'node:crypto';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import {connect, createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {show} from '../../text/show.ts';

/** Longest wait for a holder to say who it is, in ms: one that is suspended cannot. */
const introductionMs = 500;

/** An address in the file system is shorter than this many bytes: macOS takes no longer one. */
const mostBytes = 104;

/**
 * Returns the address that the holder of a journal listens on, by the journal's real path. On Linux it is abstract,
 * which leaves no file behind. Elsewhere it is a file beside the journal, or in the user's folder of temporary files
 * where that path is too long.
 */
export function socketOf(journal: string, platform: string = process.platform): string {
  const digest = createHash('sha256').update(journal).digest('hex').slice(0, 32);
  if (platform === 'linux') return `\0handrail-${digest}`;
  const beside = `${journal}.lock`;
  return Buffer.byteLength(beside) < mostBytes ? beside : join(tmpdir(), `handrail-${digest}.lock`);
}

/**
 * Listens on an address, and tells who asks who is there. The socket frees itself when the process ends, and does
 * not go stale while the process is suspended. Tried: it refused a second holder while the first was stopped, and
 * vanished at kill -9. Returns undefined when another process listens there.
 */
export async function bindSocket(address: string, holder: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(holder);
  });
  server.unref();
  try {
    await listen(server, address);
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (isAbstract(address) || (await introduction(address)) !== undefined) return undefined;
    // A file without a listener was left behind by a process that died.
    rmSync(address, {force: true});
    return bindSocket(address, holder);
  }
}

/**
 * Returns true if a process of this network namespace listens on an address, without asking that process. On Linux
 * the kernel lists the sockets. Undefined when it does not, and for a file: one may be left of a process that was killed.
 */
export function isBound(address: string): boolean | undefined {
  if (!isAbstract(address)) return existsSync(address) ? undefined : false;
  let sockets: string;
  try {
    sockets = readFileSync('/proc/net/unix', 'utf8');
  } catch {
    return undefined;
  }
  return sockets.includes(`@${address.slice(1)}\n`);
}

/** Returns the listener on an address, by its own words; undefined when there is none, and `silent` for one that says nothing. */
export function introduction(address: string): Promise<{readonly words: string} | 'silent' | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(address);
    const suspended = setTimeout(() => {
      socket.destroy();
      resolve('silent');
    }, introductionMs);
    const done = (who: {readonly words: string} | undefined): void => {
      clearTimeout(suspended);
      resolve(who);
    };
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (said += text));
    socket.on('end', () => done({words: show(said.slice(0, 200))}));
    socket.on('error', () => done(undefined));
  });
}

function isAbstract(address: string): boolean {
  return address.startsWith('\0');
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
}
