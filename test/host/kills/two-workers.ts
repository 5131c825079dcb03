import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {EngineClient} from '../../../source/host/engine-client.ts';
import {attach} from '../../../source/runs/host/attach.ts';
import {newRunId} from '../../../source/journal/folder.ts';
import {systemClock} from '../../../source/runs/system-clock.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../../source/simulator/server.ts';
import {timeOn} from '../../crash/factor-clock.ts';
import {recordingView} from '../../support/recording-view.ts';
import {busyAccount, submitted, yes} from './host-run.ts';
import type {HostWorld} from './host-world.ts';

/** Two workers behind one address, of which one is killed in the middle of the changes. Returns the gap after it (ms). */
export async function twoWorkers(
  world: HostWorld,
  second: number,
): Promise<{readonly gapMs: number; readonly problems: readonly string[]}> {
  const clock = {origin: Date.now(), factor: 20, skipped: 0};
  const simulator = await startSimulator(loadScenario(busyAccount), {now: () => timeOn(clock)});
  const place = {endpoint: simulator.endpoint, clock};
  const workers = await Promise.all([world.start(place), world.start(place, second)]);
  const balancer = await balance([world.port, second]);
  try {
    await world.server.register(`http://127.0.0.1:${balancer.port}`);
    const engine = new EngineClient(world.server.ingress);
    const run = newRunId(Date.now(), Math.random);
    await submitted(engine, run, 'delete-service-linked-role', ['pollSeconds=0.5', 'retryWaitSeconds=1']);
    let killedAt: number | undefined;
    let killedTime = Infinity;
    let gapMs = 0;
    const view = recordingView(yes, (_state, events) => {
      // What happened before the kill may be shown after it.
      const isLater = events.some((event) => event.at > killedTime);
      if (killedAt !== undefined && gapMs === 0 && isLater) gapMs = performance.now() - killedAt;
      const changes = events.some((event) => event.type === 'call-started' && event.effect === 'change');
      if (!changes || killedAt !== undefined) return;
      // The one that the engine speaks with at the moment.
      workers[balancer.last() === world.port ? 0 : 1]?.kill('SIGKILL');
      killedAt = performance.now();
      killedTime = timeOn(clock);
    });
    const gently = AbortSignal.timeout(120_000);
    const stopper = {interruption: {gently, atOnce: gently}, stop: () => {}, release: () => {}};
    const exitCode = await attach({engine, run, by: 'kim'}, {view, stopper, clock: systemClock, env: {}});
    return {
      gapMs,
      problems: [
        ...(exitCode === 0 && !gently.aborted ? [] : [`exit code ${exitCode}`]),
        ...(killedAt === undefined ? ['no worker was killed'] : []),
        ...(gapMs <= 3000 ? [] : [`a gap of ${gapMs} ms`]),
        ...(simulator.account().role === null ? [] : ['the role is still there']),
      ],
    };
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    balancer.close();
    await simulator.close();
  }
}

interface Balancer {
  readonly port: number;
  /** The port of the newest connection. */
  last(): number;
  close(): void;
}

/** Passes each connection on to the next port that takes it. */
async function balance(ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  let last = 0;
  const pass = (client: Socket, left: number): void => {
    const port = ports[turn % ports.length] ?? 0;
    turn += 1;
    const server = connect(port, '127.0.0.1');
    server.once('connect', () => {
      last = port;
      client.pipe(server).pipe(client);
    });
    server.once('error', () => (left > 0 ? pass(client, left - 1) : client.destroy()));
    server.once('close', () => {
      if (server.bytesRead > 0) client.destroy();
    });
    client.once('close', () => server.destroy());
    sockets.add(server);
  };
  const listener = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    pass(client, ports.length);
  });
  listener.listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    last: () => last,
    close: () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
}
