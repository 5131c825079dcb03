import {spawn, type ChildProcess} from 'node:child_process';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {untilSaid} from './until-said.ts';

const require = createRequire(import.meta.url);

/** The server of a durable engine, on loopback and random ports. */
export class EngineServer {
  readonly ingress: string;
  readonly #admin: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, ingress: string, admin: string) {
    this.#process = process;
    this.ingress = ingress;
    this.#admin = admin;
  }

  /** Starts a server that keeps its state in a folder. */
  static async start(folder: string): Promise<EngineServer> {
    const server = spawn(
      program(),
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
        env: {RESTATE_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: '1'},
        stdio: 'pipe',
      },
    );
    const [ingress, admin] = await untilSaid(server, (said) => {
      const found = said.matchAll(/"server.port":(\d+),"server_name":"([a-z-]+)"/g);
      const ports = new Map([...found].map(([, port, name]) => [name, port]));
      const [one, other] = [ports.get('http-ingress-server'), ports.get('admin-api-server')];
      return one === undefined || other === undefined ? undefined : [one, other];
    });
    return new EngineServer(server, `http://127.0.0.1:${ingress}`, `http://127.0.0.1:${admin}`);
  }

  /** Tells the server where a worker is. */
  async register(worker: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${this.#admin}/deployments`, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({uri: worker}),
      });
      if (answer.ok) return;
      if (attempt === 20) throw new Error(`the worker is not taken: ${await answer.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

/** The server's own program: its package only starts it. */
function program(): string {
  const platform = `${process.platform}-${process.arch}`;
  const file = require.resolve('@restatedev/restate-server/package.json');
  const own = createRequire(file).resolve(`@restatedev/restate-server-${platform}/package.json`);
  return join(dirname(own), 'bin', 'restate-server');
}
