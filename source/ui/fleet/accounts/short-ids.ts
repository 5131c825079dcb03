import type {Account} from '../../../fleet/account.ts';

/** Ways to shorten an id, the shortest first; people recognize an account by its last four digits. */
const ways: readonly ((id: string) => string)[] = [
  (id) => `…${id.slice(-4)}`,
  (id) => `${id.slice(0, 1)}…${id.slice(-4)}`,
  (id) => `${id.slice(0, 4)}…${id.slice(-4)}`,
];

/** Returns a function that shortens an account's id to digits that no other of these accounts has; else the whole id. */
export function shortIds(accounts: readonly Pick<Account, 'id'>[]): (id: string) => string {
  const ids = new Set(accounts.map(({id}) => id));
  const fitting = ways.find((way) => new Set([...ids].map(way)).size === ids.size);
  return fitting ?? ((id) => id);
}
