import {execFileSync, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chownSync, existsSync, globSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {freePort} from './free-port.ts';
import {untilSaid} from './until-said.ts';

/** A server of PostgreSQL, on loopback and a random port. Its data goes with it. */
export class PostgresServer {
  /** A database of it, for a user who needs no password. */
  readonly url: string;
  readonly port: number;
  /** The folder of PostgreSQL's programs. */
  readonly bin: string;
  readonly #folder: string;
  #process: ChildProcess;

  private constructor(bin: string, folder: string, port: number, process: ChildProcess) {
    this.bin = bin;
    this.port = port;
    this.url = `postgres://handrail@127.0.0.1:${port}/postgres`;
    this.#folder = folder;
    this.#process = process;
  }

  static async start(): Promise<PostgresServer> {
    const bin = programs();
    const folder = mkdtempSync(join(tmpdir(), 'handrail-postgres-'));
    if (ids.uid !== undefined && ids.gid !== undefined) chownSync(folder, ids.uid, ids.gid);
    const words = ['-D', folder, '-U', 'handrail', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(bin, 'initdb'), words, {cwd: folder, stdio: 'pipe', env: {}, ...ids});
    const port = await freePort();
    return new PostgresServer(bin, folder, port, await started(bin, folder, port));
  }

  /** Kills it, as a machine does that loses its power. */
  kill(): void {
    this.#process.kill('SIGQUIT');
  }

  async dead(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, 'exit');
  }

  /** Starts a dead server again, with its data. */
  async restart(): Promise<void> {
    this.#process = await started(this.bin, this.#folder, this.port);
  }

  async close(): Promise<void> {
    this.kill();
    await this.dead();
    rmSync(this.#folder, {recursive: true, force: true});
  }
}

/** The server refuses to work for root: it then works for nobody. */
const ids = process.getuid?.() === 0 ? {uid: 65_534, gid: 65_534} : {};

async function started(bin: string, folder: string, port: number): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'shared_buffers=16MB',
  ];
  const words = ['-D', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  const server = spawn(join(bin, 'postgres'), words, {cwd: folder, env: {}, stdio: 'pipe', ...ids});
  await untilSaid(server, (said) => said.includes('is ready to accept connections') || undefined);
  return server;
}

/** The folder of PostgreSQL's programs. Debian has none of the server's on the path. */
function programs(): string {
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const found = [...globSync('/usr/lib/postgresql/*/bin'), ...path].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (found === undefined)
    throw new Error('the tests of the engine on PostgreSQL need its server: apt-get install postgresql');
  return found;
}
