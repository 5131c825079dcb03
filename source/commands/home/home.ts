import {prepareInk} from '../../ui/choose-view.ts';

/** The home screen, for `handrail` alone on a terminal. Resolves with the chosen command; undefined to do nothing. */
export async function chooseCommand(env: NodeJS.ProcessEnv): Promise<readonly string[] | undefined> {
  prepareInk(env);
  const {chooseAtHome} = await import('../../ui/home/home-view.tsx');
  const {stdout, stdin} = process;
  return chooseAtHome({
    stdout,
    stdin,
    env,
    readEntries: async () => {
      // Loaded behind the first frame: reading journals needs the engine, and there may be hundreds of them.
      const {homeEntries} = await import('./home-entries.ts');
      return homeEntries(env, Date.now());
    },
  });
}
