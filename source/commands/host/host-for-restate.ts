import {UsageError} from '../../cli/usage-error.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {loadRestate} from './engine-packages.ts';
import {untilStopped, type WorkerOrder} from './worker-order.ts';

/** Works for Restate until an operator stops it. Returns the exit code. */
export async function workForRestate(
  {address, connection, trouble}: WorkerOrder,
  listen = '127.0.0.1:9180',
): Promise<number> {
  const {host, port} = placeFrom(listen);
  const sdk = loadRestate();
  const [{serve}, {hostWorker}] = await Promise.all([
    import('../../host/restate/serve.ts'),
    import('../../runs/host/host-worker.ts'),
  ]);
  const served = await serve(sdk, hostWorker(connection), {host, port, engine: address, trouble});
  process.stdout.write(`A worker listens on ${host}:${served.port}.\n`);
  process.stdout.write(
    `Register it with the engine once: curl -X POST ADMIN/deployments -H 'content-type: application/json' -d '{"uri": "http://${host}:${served.port}"}'\n`,
  );
  await untilStopped();
  await served.close();
  return exitCodes.done;
}

function placeFrom(text: string): {readonly host: string; readonly port: number} {
  const match = /^(.+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match?.[1] === undefined || port > 65_535) {
    throw new UsageError(`--listen takes a host and a port, such as 127.0.0.1:9180, not ${text}`);
  }
  return {host: match[1].replace(/^\[(.*)\]$/, '$1'), port};
}
