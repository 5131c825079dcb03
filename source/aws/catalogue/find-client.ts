import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {homedir} from 'node:os';
import {delimiter, isAbsolute, join} from 'node:path';

/** The newest version of the AWS SDK that Handrail was tried with: that of the clients that it comes with. */
export const sdkVersion = '3.1169.0';

const scope = '@aws-sdk';
const prefix = 'client-';

/** The package of a service's client. */
export function clientPackage(service: string): string {
  return `${scope}/${prefix}${service}`;
}

/**
 * Folder that `handrail clients add` installs into: `$XDG_DATA_HOME/handrail/clients`, or
 * `~/.local/share/handrail/clients`. Undefined where the process has no home.
 */
export function clientsFolder(env: NodeJS.ProcessEnv): string | undefined {
  const data = env['XDG_DATA_HOME'];
  if (data !== undefined && isAbsolute(data)) return join(data, 'handrail', 'clients');
  const home = homeFolder();
  return home === undefined ? undefined : join(home, '.local', 'share', 'handrail', 'clients');
}

function homeFolder(): string | undefined {
  try {
    const folder = homedir();
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    // HOME is not set and the user has no name.
    return undefined;
  }
}

/**
 * Resolves packages from the folders above the program and from those in NODE_PATH. A module inside a Bun
 * executable is in no folder, and Bun would search the current one.
 */
const aboveProgram = createRequire(
  process.versions['bun'] === undefined ? import.meta.url : process.execPath,
);

/**
 * Loads a client from the folders above the program, from NODE_PATH or from the folder of clients, in this order.
 * Throws Node's MODULE_NOT_FOUND where none has it.
 */
export function requireClient(packageName: string): object {
  try {
    return aboveProgram(packageName) as object;
  } catch (error) {
    const own = isNotFound(error) ? ownClient(packageName) : undefined;
    if (own === undefined) throw error;
    return own() as object;
  }
}

/** Returns how to load a package from the folder of clients; undefined where that folder has none of this name. */
function ownClient(packageName: string): (() => unknown) | undefined {
  const folder = clientsFolder(process.env);
  // Asked for first: Node would look in the folders above, too, and they are not Handrail's.
  if (folder === undefined || !existsSync(join(folder, 'node_modules', packageName))) return undefined;
  return () => createRequire(join(folder, 'package.json'))(packageName) as unknown;
}

/** Returns whether an error says that a package is not there. */
export function isNotFound(error: unknown): boolean {
  const {code} = error as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}

/** A client that is on this host besides those that Handrail comes with. */
export interface FoundClient {
  readonly service: string;
  readonly version: string;
  /** The folder that has its package. */
  readonly folder: string;
}

/** Returns the clients that {@link requireClient} can load, by the folder that each is loaded from. */
export function foundClients(env: NodeJS.ProcessEnv): readonly FoundClient[] {
  const own = clientsFolder(env);
  const folders = [
    ...(aboveProgram.resolve.paths(clientPackage('sts')) ?? []),
    // Bun reads it, and leaves it out of the paths above.
    ...(env['NODE_PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...(own === undefined ? [] : [join(own, 'node_modules')]),
  ];
  const byService = new Map<string, FoundClient>();
  for (const client of folders.flatMap(clientsIn))
    if (!byService.has(client.service)) byService.set(client.service, client);
  return [...byService.values()].toSorted((a, b) => (a.service < b.service ? -1 : 1));
}

function clientsIn(folder: string): readonly FoundClient[] {
  return namesIn(join(folder, scope)).flatMap((name) => {
    if (!name.startsWith(prefix)) return [];
    const version = versionIn(join(folder, scope, name));
    return version === undefined ? [] : [{service: name.slice(prefix.length), version, folder}];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there, or not to be read: nothing can be loaded from it either.
    return [];
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const {version} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {version?: unknown};
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
