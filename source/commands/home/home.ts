import {prepareInk} from '../../ui/choose-view.ts';
import type {HomeEntry} from '../../ui/home/home-list.ts';

/** The home screen, for `handrail` alone on a terminal. Resolves with the chosen command; undefined to do nothing. */
export async function chooseCommand(env: NodeJS.ProcessEnv): Promise<readonly string[] | undefined> {
  prepareInk(env);
  const {chooseAtHome} = await import('../../ui/home/home-view.tsx');
  const {stdout, stdin} = process;
  let read: ((now: number) => Promise<readonly HomeEntry[]>) | undefined;
  return chooseAtHome({
    stdout,
    stdin,
    env,
    readEntries: async () => {
      // Loaded behind the first frame: reading journals needs the engine, and there may be hundreds of them.
      const {entriesReader} = await import('./home-entries.ts');
      read ??= entriesReader(env);
      return read(Date.now());
    },
    readWhose: async (signal) => {
      const {whoseAccount} = await import('./whose-account.ts');
      return whoseAccount(env, signal);
    },
  });
}
