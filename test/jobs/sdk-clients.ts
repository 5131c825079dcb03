import {Module} from 'node:module';
import {mkdirSync, mkdtempSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

const installed = resolve(import.meta.dirname, '../../node_modules');

/**
 * Lets Handrail find SDK clients that it does not come with, in this process from now on, as NODE_PATH would. They are
 * installed under other names, so that no other test finds them.
 */
export function findClients(...services: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-clients-'));
  mkdirSync(join(folder, '@aws-sdk'));
  for (const service of services) {
    symlinkSync(join(installed, `${service}-for-tests`), join(folder, `@aws-sdk/client-${service}`));
  }
  process.env['NODE_PATH'] = folder;
  (Module as unknown as {_initPaths(): void})._initPaths();
}
