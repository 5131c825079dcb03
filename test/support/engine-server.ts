import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {untilSaid} from './until-said.ts';

const require = createRequire(import.meta.url);

interface Ports {
  readonly ingress: string;
  readonly admin: string;
}

/** The server of a durable engine, on loopback and random ports. */
export class EngineServer {
  readonly ingress: string;
  readonly admin: string;
  readonly #folder: string;
  readonly #ports: Ports;
  #process: ChildProcess;

  private constructor(folder: string, process: ChildProcess, ports: Ports) {
    this.#folder = folder;
    this.#process = process;
    this.#ports = ports;
    this.ingress = `http://127.0.0.1:${ports.ingress}`;
    this.admin = `http://127.0.0.1:${ports.admin}`;
  }

  /** Starts a server that keeps its state in a folder. */
  static async start(folder: string): Promise<EngineServer> {
    const [process, ports] = await started(folder);
    return new EngineServer(folder, process, ports);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Tells the server where a worker is. */
  async register(worker: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${this.admin}/deployments`, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({uri: worker}),
      });
      if (answer.ok) return;
      if (attempt === 240) throw new Error(`the worker is not taken: ${await answer.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Resolves when the server is dead, by whatever hand. */
  async dead(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, 'exit');
  }

  /** Starts a dead server again: from the same folder, on the same ports. */
  async restart(): Promise<void> {
    [this.#process] = await started(this.#folder, this.#ports);
  }
}

async function started(folder: string, ports?: Ports): Promise<[ChildProcess, Ports]> {
  const server = spawn(
    engineProgram(),
    [
      '--bind-ip',
      '127.0.0.1',
      '--advertised-host',
      '127.0.0.1',
      '--listen-mode',
      'tcp',
      '--use-random-ports',
      'true',
      '--base-dir',
      folder,
      '--default-num-partitions',
      '2',
      '--log-format',
      'json',
      '--no-logo',
    ],
    {
      env: {
        RESTATE_DISABLE_TELEMETRY: 'true',
        DO_NOT_TRACK: '1',
        ...(ports === undefined
          ? {}
          : {RESTATE_INGRESS__BIND_PORT: ports.ingress, RESTATE_ADMIN__BIND_PORT: ports.admin}),
      },
      stdio: 'pipe',
    },
  );
  const found = await untilSaid(server, (said) => {
    const lines = said.matchAll(/"server.port":(\d+),"server_name":"([a-z-]+)"/g);
    const named = new Map([...lines].map(([, port, name]) => [name, port]));
    const [ingress, admin] = [named.get('http-ingress-server'), named.get('admin-api-server')];
    return ingress === undefined || admin === undefined ? undefined : {ingress, admin};
  });
  if (ports !== undefined && found.ingress !== ports.ingress) throw new Error('the server has another port');
  return [server, found];
}

/** The server's own program: its package only starts it. */
export function engineProgram(): string {
  const platform = `${process.platform}-${process.arch}`;
  const file = require.resolve('@restatedev/restate-server/package.json');
  const own = createRequire(file).resolve(`@restatedev/restate-server-${platform}/package.json`);
  return join(dirname(own), 'bin', 'restate-server');
}
