import {InkSession, type TerminalOptions} from '../terminal/ink-session.tsx';
import type {HomeEntry} from './home-list.ts';
import {HomeScreen} from './home-screen.tsx';
import type {Whose} from './whose.ts';

interface HomeOptions extends TerminalOptions {
  /** Reads the choices. Called when the first frame is drawn. */
  readonly readEntries: () => Promise<readonly HomeEntry[]>;
  /** Finds out who would be calling. Called when the choices are there; the signal aborts when the screen is left. */
  readonly readWhose?: (signal: AbortSignal) => Promise<Whose>;
}

/** Time between two looks at the runs of other terminals (ms). */
const readAgainMs = 3000;

/**
 * Shows the choices and lets the operator pick one. Resolves with the command's words; undefined when the
 * operator leaves. Throws whatever reading the choices throws.
 */
export async function chooseAtHome(options: HomeOptions): Promise<readonly string[] | undefined> {
  const {readEntries, readWhose, ...terminal} = options;
  let entries: readonly HomeEntry[] | undefined;
  let whose: Whose = readWhose === undefined ? {kind: 'unasked'} : {kind: 'asked'};
  const over = new AbortController();
  const chosen = Promise.withResolvers<readonly string[] | undefined>();
  const leave = (): void => chosen.resolve(undefined);
  const session = new InkSession({
    ...terminal,
    onGone: leave,
    tree: (columns, rows) => (
      <HomeScreen entries={entries} whose={whose} columns={columns} rows={rows} onChoose={chosen.resolve} />
    ),
  });
  const show = (): void => {
    if (!over.signal.aborted) session.frames.now();
  };
  const read = async (): Promise<void> => {
    await session.drawn();
    entries = await readEntries();
    show();
    if (readWhose === undefined) return;
    whose = await readWhose(over.signal);
    show();
  };
  const readAgain = async (): Promise<void> => {
    entries = renewed(entries ?? [], await readEntries());
    show();
  };
  read().catch(chosen.reject);
  // What other terminals do goes on while the screen is open.
  const reading = setInterval(() => {
    if (entries === undefined) return;
    readAgain().catch(chosen.reject);
  }, readAgainMs);
  try {
    return await session.untilLeft(chosen.promise, leave);
  } finally {
    over.abort();
    clearInterval(reading);
    await session.end();
  }
}

/** Every entry keeps its place, so that none comes under a finger that meant another. */
function renewed(entries: readonly HomeEntry[], next: readonly HomeEntry[]): readonly HomeEntry[] {
  const byName = new Map(next.map((entry) => [entry.name, entry]));
  return entries.map((entry) => {
    const {purpose, working} = byName.get(entry.name) ?? entry;
    const {working: _before, ...kept} = entry;
    return {...kept, purpose, ...(working === undefined ? {} : {working})};
  });
}
