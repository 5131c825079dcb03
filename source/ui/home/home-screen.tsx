import {use, type ReactNode} from 'react';
import {InkSession, SessionContext} from '../terminal/ink-session.tsx';
import {homeHelp, HomePane, homeLayout} from './home-pane.tsx';
import {homeHelpKeys, homeKeys, type HomeMoment, type HomeOutcome, type HomeState} from './home-keys.ts';
import {matching, type HomeEntry} from './home-list.ts';
import {hintsOf} from '../keyboard/key-hints.tsx';
import {pressedIn} from '../keyboard/key-table.ts';
import {lastOffset} from '../components/scrolled.tsx';
import {useHeld} from '../keyboard/use-instant-state.ts';
import {useKeyboard} from '../keyboard/use-keyboard.ts';

interface HomeOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: {readonly [name: string]: string | undefined};
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
  const ignoreSignals = session.onSignal(leave);
  const argv = await chosen.promise;
  ignoreSignals();
  await session.end();
  return argv;
}

interface Props {
  readonly entries: readonly HomeEntry[];
  readonly columns: number;
  readonly rows: number;
  readonly onChoose: (argv: readonly string[] | undefined) => void;
}

function HomeScreen({entries, columns, rows, onChoose}: Props): ReactNode {
  const session = use(SessionContext);
  const [latest, become] = useHeld<HomeState>({query: '', chosen: 0, help: false, offset: 0});
  const moment = (): HomeMoment => {
    const home = latest();
    const {list, about} = homeLayout(rows);
    const length = home.help ? homeHelp(columns).length : 0;
    return {
      home,
      entries: matching(entries, home.query),
      page: list,
      lastOffset: lastOffset(length, list + about),
    };
  };
  const table = (): typeof homeKeys => (latest().help ? homeHelpKeys : homeKeys);
  const act = (outcome: HomeOutcome | undefined): void => {
    if (outcome === undefined) return;
    if ('suspend' in outcome) session?.suspend();
    else if ('argv' in outcome) onChoose(outcome.argv);
    else become(outcome.home);
  };
  useKeyboard({
    onKey: (key) => act(pressedIn(table(), moment(), key)),
    onPaste: (text) => act(table().pasted?.(moment(), text)),
  });

  const {home, entries: fitting} = moment();
  return (
    <HomePane
      {...home}
      entries={fitting}
      hints={hintsOf(table().bindings, moment())}
      columns={columns}
      rows={rows}
    />
  );
}
