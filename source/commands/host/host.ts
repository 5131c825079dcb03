import {clientsFolder, isNotFound, requireClient} from '../../aws/catalogue/find-client.ts';
import {awsOptions, connectionFrom} from '../../cli/aws-options.ts';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {sdkPackage, type Sdk} from '../../host/restate/sdk.ts';
import {stopOnSignals} from '../../runs/stop-signals.ts';
import {show} from '../../text/show.ts';
import {engineOption, engineUrl} from './engine-option.ts';

export const hostCommand: Command = {
  name: 'host',
  purpose: 'work for a durable engine (Restate): make the calls of its runs with this process’s credentials',
  usage: '--engine URL [options]',
  options: [
    engineOption,
    {
      name: 'listen',
      value: 'HOST:PORT',
      help: 'where the engine reaches this worker; 127.0.0.1:9180 when left out',
    },
    ...awsOptions,
  ],
  async run(args) {
    const [extra] = args.positionals;
    if (extra !== undefined)
      throw new UsageError(`host takes no ${extra}; runs are given with handrail submit`);
    const {host, port} = placeFrom(args.text('listen') ?? '127.0.0.1:9180');
    const engine = engineUrl(args);
    const connection = connectionFrom(args, process.env);
    const sdk = loadSdk();
    const [{serve}, {hostWorker}] = await Promise.all([
      import('../../host/restate/serve.ts'),
      import('../../runs/host/host-worker.ts'),
    ]);
    const stopper = stopOnSignals();
    const {gently} = stopper.interruption;
    const said = new Set<string>();
    const served = await serve(sdk, hostWorker(connection), {
      host,
      port,
      engine,
      trouble: (line) => {
        // The engine tries again each second: the same line is said once.
        if (said.has(line)) return;
        said.add(line);
        process.stderr.write(`handrail: ${show(line)}\n`);
      },
    });
    process.stdout.write(`A worker listens on ${host}:${served.port}.\n`);
    process.stdout.write(
      `Register it with the engine once: curl -X POST ADMIN/deployments -H 'content-type: application/json' -d '{"uri": "http://${host}:${served.port}"}'\n`,
    );
    try {
      if (!gently.aborted) {
        await new Promise<void>((resolve) => gently.addEventListener('abort', () => resolve()));
      }
      process.stdout.write('Stopped: the runs go on with the next worker.\n');
    } finally {
      served.close();
      stopper.release();
    }
    // Open connections of the engine would keep the process.
    process.exit(exitCodes.done);
  },
};

function placeFrom(text: string): {readonly host: string; readonly port: number} {
  const match = /^(.+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match?.[1] === undefined || port > 65_535) {
    throw new UsageError(`--listen takes a host and a port, such as 127.0.0.1:9180, not ${text}`);
  }
  return {host: match[1].replace(/^\[(.*)\]$/, '$1'), port};
}

/** Throws {@link UsageError} where the SDK is not installed. */
function loadSdk(): Sdk {
  try {
    return requireClient(sdkPackage.name) as Sdk;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const folder = clientsFolder(process.env) ?? '.';
    throw new UsageError(
      `host needs a package that is not installed: npm install --prefix ${folder} ${sdkPackage.name}@${sdkPackage.version}`,
    );
  }
}
