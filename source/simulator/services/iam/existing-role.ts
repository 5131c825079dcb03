import {z} from 'zod';
import {ServiceError} from '../../service-error.ts';
import type {AccountState, Role} from '../../state/account-state.ts';
import {roleName} from '../../state/role.ts';

export const roleNameInput = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/);

/** The role by its name. @throws {ServiceError} NoSuchEntity when there is no such role (any more). */
export function existingRole(account: AccountState, name: string): Role {
  if (account.role === undefined || name !== roleName) {
    throw new ServiceError('NoSuchEntity', 404, `The role with name ${name} cannot be found.`);
  }
  return account.role;
}
