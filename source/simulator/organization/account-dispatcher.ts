import type {Clock} from '../clock.ts';
import {credentialScope} from '../credential-scope.ts';
import {dispatcher, type Handled, type Manners} from '../dispatch.ts';
import type {WireRequest} from '../protocols/protocol.ts';
import type {AccountState} from '../state/account-state.ts';
import {worldOf} from './worlds.ts';

/** A handled request, with the account of the organization that it went to. */
export interface HandledInAccount extends Handled {
  /** Absent for the scenario's own account. */
  readonly account?: string;
}

/**
 * Makes the function that hands each request to the account whose key signed it. The rules of `manners` hold for the
 * management account and, once more by itself, for each of the others.
 */
export function accountDispatcher(
  management: AccountState,
  now: Clock,
  manners: Manners,
): (request: WireRequest) => HandledInAccount {
  const own = dispatcher(management, now, {
    ...manners,
    rules: [...manners.rules, ...management.scenario.faults],
  });
  const others = new Map<string, (request: WireRequest) => Handled>();
  const handlerOf = (id: string) => {
    const known = others.get(id);
    const world = known === undefined ? worldOf(management, id, now()) : undefined;
    if (world === undefined) return known;
    const made = dispatcher(world, now, {...manners, rules: [...manners.rules, ...world.scenario.faults]});
    others.set(id, made);
    return made;
  };
  return (request) => {
    const key = credentialScope(request.headers.authorization)?.accessKeyId ?? '';
    const id = management.sessions.get(key)?.owner;
    if (id === undefined || management.organization?.members.has(id) !== true) return own(request);
    return {...(handlerOf(id) ?? own)(request), account: id};
  };
}
