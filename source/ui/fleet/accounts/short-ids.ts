import {oncePer} from '../../../engine/persistent/memoize.ts';
import type {FleetStarted} from '../../../fleet/events.ts';

/** Ways to shorten an id, the shortest first; people recognize an account by its last four digits. */
const ways: readonly ((id: string) => string)[] = [
  (id) => `…${id.slice(-4)}`,
  (id) => `${id.slice(0, 1)}…${id.slice(-4)}`,
  (id) => `${id.slice(0, 4)}…${id.slice(-4)}`,
];

/** Returns a function that shortens an account's id to digits that no other account of the fleet has; else the whole id. */
export const shortIds = oncePer(
  ({accounts, skipped}: Pick<FleetStarted, 'accounts' | 'skipped'>): ((id: string) => string) => {
    const ids = new Set([...accounts, ...skipped.map(({account}) => account)].map(({id}) => id));
    return ways.find((way) => new Set([...ids].map(way)).size === ids.size) ?? ((id) => id);
  },
);
