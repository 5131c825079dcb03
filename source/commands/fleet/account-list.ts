import {readFileSync} from 'node:fs';
import {parseDocument} from 'yaml';
import type {Arguments} from '../../cli/command.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {isObject, type Json} from '../../data/json.ts';
import type {Account, ChosenAccounts} from '../../fleet/account.ts';

/** Returns the accounts that the options come to. Throws {@link UsageError}. */
export function accountsFrom(args: Arguments): ChosenAccounts {
  const file = args.text('accounts');
  if (file === undefined) throw new UsageError('name the accounts: --accounts FILE');
  const listed = listedIn(file);
  const [only, exclude] = [args.texts('only'), args.texts('exclude')];
  const unknown = [...only, ...exclude].find((id) => !listed.some(({account}) => account.id === id));
  if (unknown !== undefined) throw new UsageError(`${file} has no account ${unknown}`);
  const rows = listed.map((row) => ({...row, why: row.why ?? filteredOut(row.account, only, exclude)}));
  return {
    accounts: rows.filter(({why}) => why === undefined).map(({account}) => account),
    skipped: rows.flatMap(({account, why}) => (why === undefined ? [] : [{account, why}])),
  };
}

interface Listed {
  readonly account: Account;
  readonly why: string | undefined;
}

function filteredOut({id}: Account, only: readonly string[], exclude: readonly string[]): string | undefined {
  if (exclude.includes(id)) return 'excluded by --exclude';
  return only.length === 0 || only.includes(id) ? undefined : 'not named by --only';
}

function listedIn(file: string): readonly Listed[] {
  const content = contentOf(file);
  const rows = isObject(content) ? (content['Accounts'] ?? content['accounts']) : content;
  if (!Array.isArray(rows) || rows.length === 0) throw new UsageError(`${file} lists no accounts`);
  const listed = (rows as readonly Json[]).map((row, index) => listedAccount(file, index, row));
  const twice = listed.find(
    ({account}, index) => listed.findIndex((one) => one.account.id === account.id) < index,
  );
  if (twice !== undefined) throw new UsageError(`${file} lists account ${twice.account.id} twice`);
  return listed;
}

/** JSON is YAML too, and YAML says where it is wrong. */
function contentOf(file: string): Json {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  const document = parseDocument(text);
  const [wrong] = document.errors;
  if (wrong !== undefined)
    throw new UsageError(`${file} is no list of accounts: ${wrong.message.split('\n')[0]}`);
  return document.toJS() as Json;
}

function listedAccount(file: string, index: number, row: Json): Listed {
  if (!isObject(row)) throw new UsageError(`${file}: account ${index + 1} is not an account`);
  const text = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => row[name]).find((value) => value !== undefined && value !== null);
    return typeof found === 'string' ? found : undefined;
  };
  const id = text('Id', 'id', 'account_id');
  if (id === undefined || !/^\d{12}$/.test(id)) {
    throw new UsageError(
      `${file}: the id of account ${index + 1} is not 12 digits in quotation marks: a plain number loses its leading zeros`,
    );
  }
  // The newer member wins: AWS keeps `Status` for old clients.
  const standing = text('State', 'Status') ?? 'ACTIVE';
  const optional = {
    name: text('Name', 'name'),
    role: text('role'),
    externalId: text('externalId', 'external_id'),
    ou: text('ou'),
  };
  const {regions} = row;
  const names = Array.isArray(regions) ? regions.filter((one) => typeof one === 'string') : [];
  const account: Account = {
    id,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    ...(names.length === 0 ? {} : {regions: names}),
  };
  return {account, why: standing === 'ACTIVE' ? undefined : standing};
}
