import {randomUUID} from 'node:crypto';
import {z} from 'zod';
import {ServiceError} from '../../service-error.ts';
import {taskStatus} from '../../state/deletion-task-status.ts';
import {roleName, rolePath} from '../../state/role.ts';
import {validate} from '../../validate.ts';
import type {Operation} from '../service.ts';
import {existingRole, roleNameInput} from './existing-role.ts';

const deleteInput = z.object({RoleName: roleNameInput});

/** Submits a deletion task; while one is unfinished, the same task's id is the answer (AWS documentation). */
export const deleteServiceLinkedRole: Operation = (call) => {
  const {RoleName} = validate(deleteInput, call.input, 'ValidationError');
  existingRole(call.account, RoleName);
  const {deletionTasks, scenario} = call.account;
  const unfinished = [...deletionTasks.values()].find((task) => task.end === undefined);
  if (unfinished !== undefined) return {DeletionTaskId: unfinished.id};
  const id = `task${rolePath}${roleName}/${randomUUID()}`;
  deletionTasks.set(id, {id, startedAt: call.now, endsAt: call.now + scenario.deletion.taskSeconds * 1000});
  return {DeletionTaskId: id};
};

const statusInput = z.object({DeletionTaskId: z.string().min(1).max(1000)});

export const getServiceLinkedRoleDeletionStatus: Operation = (call) => {
  const {DeletionTaskId} = validate(statusInput, call.input, 'ValidationError');
  const task = call.account.deletionTasks.get(DeletionTaskId);
  if (task === undefined) {
    throw new ServiceError('NoSuchEntity', 404, `Cannot find deletion task with id ${DeletionTaskId}`);
  }
  const {end} = task;
  return {
    Status: taskStatus(task, call.now),
    ...(end?.status === 'FAILED' &&
      end.reason !== undefined && {Reason: {Reason: end.reason, RoleUsageList: end.usage}}),
  };
};
