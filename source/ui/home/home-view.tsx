import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import type {HomeEntry} from './home-list.ts';
import {HomeScreen} from './home-screen.tsx';

interface HomeOptions extends TerminalOptions {
  /** Reads the choices. Called when the first frame is drawn. */
  readonly readEntries: () => Promise<readonly HomeEntry[]>;
}

/**
 * Shows the choices and lets the operator pick one. Resolves with the command's words; undefined when the
 * operator leaves. Throws whatever reading the choices throws.
 */
export async function chooseAtHome(options: HomeOptions): Promise<readonly string[] | undefined> {
  const {readEntries, ...terminal} = options;
  let entries: readonly HomeEntry[] | undefined;
  let open = true;
  const chosen = Promise.withResolvers<readonly string[] | undefined>();
  const leave = (): void => chosen.resolve(undefined);
  const session = new InkSession({
    ...terminal,
    onGone: leave,
    tree: (columns, rows) => (
      <HomeScreen entries={entries} columns={columns} rows={rows} onChoose={chosen.resolve} />
    ),
  });
  const read = async (): Promise<void> => {
    await session.drawn();
    entries = await readEntries();
    if (open) session.frames.now();
  };
  read().catch(chosen.reject);
  try {
    return await session.untilLeft(chosen.promise, leave);
  } finally {
    open = false;
    await session.end();
  }
}
