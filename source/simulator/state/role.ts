import {randomBytes} from 'node:crypto';
import type {Role} from './account-state.ts';

/** The one role that this simulator knows; its name, path and service come from AWS. */
export const roleName = 'AWSServiceRoleForImageBuilder';
export const roleService = 'imagebuilder.amazonaws.com';
export const rolePath = `/aws-service-role/${roleService}/`;

/** Makes a new role with a new id, as AWS does at each re-creation. */
export function newRole(createdAt: number, description: string): Role {
  return {id: `AROA${randomBytes(9).toString('hex').slice(0, 17).toUpperCase()}`, createdAt, description};
}
