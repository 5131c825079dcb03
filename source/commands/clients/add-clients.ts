import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {clientMistyped, clientOtherwiseCalled, isClientName} from '../../aws/catalogue/client-names.ts';
import {clientPackage, clientsFolder, sdkVersion} from '../../aws/catalogue/find-client.ts';
import {shippedServices} from '../../aws/catalogue/sdk-service.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {show} from '../../text/show.ts';

/**
 * Installs the clients of services into the folder of clients with npm, and returns the exit code. It says what it does
 * before it does it. Throws UsageError.
 */
export async function addClients(services: readonly string[]): Promise<number> {
  const clients = [...new Set(services.map(clientOf))];
  const shipped = shippedServices();
  for (const name of clients.filter((one) => shipped.includes(one)))
    process.stdout.write(`${name} comes with Handrail\n`);
  const wanted = clients.filter((name) => !shipped.includes(name));
  if (wanted.length === 0) return exitCodes.done;

  const folder = clientsFolder(process.env);
  if (folder === undefined)
    throw new UsageError('there is no home folder to install into: set HOME or XDG_DATA_HOME to a full path');
  // Not every client has a version of the same number: a client is published when it changes.
  const packages = wanted.map((name) => `${clientPackage(name)}@>=3.1000.0 <=${sdkVersion}`);
  const quoted = packages.map((one) => `'${one}'`).join(' ');
  const options = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund'];
  process.stdout.write(
    `Installs ${wanted.map(clientPackage).join(', ')} into ${show(folder)}.\n` +
      `Runs there: npm install ${options.join(' ')} ${quoted}\n` +
      'No script of a package runs.\n',
  );
  makeFolder(folder);
  const code = await npm(folder, ['install', ...options, ...packages]);
  if (code !== 0) {
    process.stderr.write(`handrail: npm ended with code ${code}; it says why above\n`);
    return exitCodes.failed;
  }
  process.stdout.write(`${wanted.join(', ')}: installed; handrail clients lists all of them\n`);
  return exitCodes.done;
}

/** Returns the SDK's name of a service. Throws UsageError for a name that can be none, and where another is meant. */
function clientOf(service: string): string {
  if (isClientName(service)) return service;
  const other = clientOtherwiseCalled(service);
  if (other !== undefined) {
    process.stdout.write(`${show(service)} is ${other} to the AWS SDK\n`);
    return other;
  }
  const meant = clientMistyped(service);
  if (meant !== undefined) throw new UsageError(`there is no client ${service}; did you mean ${meant}?`);
  // The list of clients grows without Handrail.
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(service)) return service;
  throw new UsageError(`${service} can be no client of the AWS SDK: their names are like cloudwatch-logs`);
}

/** Makes the folder, for its owner to write to, and a manifest, without which npm would look in the folders above. */
function makeFolder(folder: string): void {
  mkdirSync(folder, {recursive: true, mode: 0o755});
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private": true}\n');
}

function npm(folder: string, args: readonly string[]): Promise<number> {
  const child = spawn('npm', args, {cwd: folder, stdio: ['ignore', 'inherit', 'inherit']});
  return new Promise((settle, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'npm is not on the PATH' : `npm cannot be started: ${error.code}`;
      reject(new UsageError(`${why}. Install on a host that has npm, and copy ${folder} here`));
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}
