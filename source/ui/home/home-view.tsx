import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import type {HomeEntry} from './home-list.ts';
import {HomeScreen} from './home-screen.tsx';

interface HomeOptions extends TerminalOptions {
  readonly entries: readonly HomeEntry[];
}

/**
 * Shows the choices and lets the operator pick one. Resolves with the command's words; undefined when the
 * operator leaves.
 */
export async function chooseAtHome(options: HomeOptions): Promise<readonly string[] | undefined> {
  const {entries, ...terminal} = options;
  const chosen = Promise.withResolvers<readonly string[] | undefined>();
  const leave = (): void => chosen.resolve(undefined);
  const session = new InkSession({
    ...terminal,
    onGone: leave,
    tree: (columns, rows) => (
      <HomeScreen entries={entries} columns={columns} rows={rows} onChoose={chosen.resolve} />
    ),
  });
  const argv = await session.untilLeft(chosen.promise, leave);
  await session.end();
  return argv;
}
