import {clientNames} from '../../source/aws/catalogue/client-names.ts';

/** A service in the catalogue of the AWS CLI. */
interface Row {
  readonly command: string;
  readonly client: string;
  /** Of its endpoints, which CloudTrail's event sources begin with. */
  readonly endpointPrefix: string;
  /** Of the actions of IAM, mostly. */
  readonly signingName: string;
}

/** Reads the catalogue. The JavaScript SDK names a client by the id of its service. */
function rowsOf(catalogue: string): readonly Row[] {
  return catalogue
    .trim()
    .split('\n')
    .map((line) => {
      const [command = '', id = '', endpointPrefix = '', signingName = ''] = line.split('\t');
      return {command, client: id.toLowerCase().replaceAll(/[ _]/g, '-'), endpointPrefix, signingName};
    })
    .filter(({client}) => clientNames.has(client));
}

/**
 * The names by which the CLI, endpoints, CloudTrail and IAM call a client. What people type goes first, then the CLI's
 * commands. A prefix that stands for several clients is left out where none of these decides.
 */
function aliasesOf(catalogue: string, typed: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const rows = rowsOf(catalogue);
  const found = new Map(Object.entries(typed));
  const add = (name: string, client: string): void => {
    if (!found.has(name) && !clientNames.has(name)) found.set(name, client);
  };
  for (const {command, client} of rows) add(command, client);
  for (const [name, clients] of byPrefix(rows)) {
    const [client, ...others] = clients;
    if (client !== undefined && others.length === 0) add(name, client);
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function byPrefix(rows: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const {client, endpointPrefix, signingName} of rows) {
    for (const name of [endpointPrefix, signingName]) {
      // An endpoint of several parts is no name that anybody writes.
      if (name.includes('.')) continue;
      found.set(name, (found.get(name) ?? new Set()).add(client));
    }
  }
  return new Map([...found].map(([name, clients]) => [name, [...clients]]));
}

/** The module with the names. */
export function aliasModule(catalogue: string, typed: Readonly<Record<string, string>>): string {
  const entries = [...aliasesOf(catalogue, typed)].map(([name, client]) => `  ['${name}', '${client}'],\n`);
  return (
    '// Made by `npm run service-names` of scripts/service-names.\n\n' +
    '/** Clients by other names of their services: those of the AWS CLI, endpoints, CloudTrail, IAM and people. */\n' +
    `export const serviceAliases: ReadonlyMap<string, string> = new Map([\n${entries.join('')}]);\n`
  );
}
