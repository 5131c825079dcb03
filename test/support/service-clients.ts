import {mkdirSync, mkdtempSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Clients that runbooks of the library call. They are installed under names that Handrail does not look for. */
const installed = [
  'auto-scaling',
  'ec2',
  'ecs',
  'elastic-load-balancing',
  'elastic-load-balancing-v2',
  'rds',
];

/** Makes a folder that has those clients by their own names, as an operator would have installed them: for NODE_PATH. */
export function serviceClients(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-clients-'));
  mkdirSync(join(folder, '@aws-sdk'));
  for (const name of installed) {
    const target = join(import.meta.dirname, '../../node_modules', `${name}-for-tests`);
    symlinkSync(target, join(folder, '@aws-sdk', `client-${name}`));
  }
  return folder;
}
