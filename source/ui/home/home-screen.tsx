import {use, type ReactNode} from 'react';
import {SessionContext} from '../terminal/ink-session.tsx';
import {formKeys} from './form-keys.ts';
import {homeMoment, HomePane} from './home-pane.tsx';
import {homeHelpKeys, homeKeys, type HomeMoment, type HomeOutcome, type HomeState} from './home-keys.ts';
import type {HomeEntry} from './home-list.ts';
import type {Whose} from './whose.ts';
import {hintsOf} from '../keyboard/key-hints.tsx';
import {pressedIn} from '../keyboard/key-table.ts';
import {useHeld} from '../keyboard/use-instant-state.ts';
import {useKeyboard} from '../keyboard/use-keyboard.ts';

interface Props {
  /** Undefined while they are read. */
  readonly entries: readonly HomeEntry[] | undefined;
  readonly whose: Whose;
  readonly columns: number;
  readonly rows: number;
  readonly onChoose: (argv: readonly string[] | undefined) => void;
}

/** The home screen: it keeps the query and the choice, and acts on keys. */
export function HomeScreen({entries, whose, columns, rows, onChoose}: Props): ReactNode {
  const session = use(SessionContext);
  const [latest, become] = useHeld<HomeState>({query: '', chosen: 0, help: false, offset: 0});
  const moment = (): HomeMoment => homeMoment(latest(), entries ?? [], columns, rows);
  const table = (): typeof homeKeys => {
    if (latest().help) return homeHelpKeys;
    return latest().form === undefined ? homeKeys : formKeys;
  };
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
      entries={entries === undefined ? undefined : fitting}
      whose={whose}
      hints={hintsOf(table().bindings, moment())}
      columns={columns}
      rows={rows}
    />
  );
}
