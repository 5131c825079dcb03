import {useEffect, type ReactNode} from 'react';
import {render, useApp} from 'ink';
import {show} from '../../text/show.ts';
import {fullScreen} from '../terminal/ink-options.ts';
import {HomePane, homeLayout, widest} from './home-pane.tsx';
import {matching, type HomeEntry} from './home-list.ts';
import {helpLines} from '../keyboard/help.ts';
import type {Action} from '../keyboard/bindings.ts';
import {lastOffset} from '../components/scrolled.tsx';
import {Suspension} from '../terminal/suspend.ts';
import {ThemeContext, themeFrom} from '../terminal/theme.tsx';
import {useHeld} from '../keyboard/use-instant-state.ts';
import {useKeyboard} from '../keyboard/use-keyboard.ts';

interface HomeOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: {readonly [name: string]: string | undefined};
  readonly entries: readonly HomeEntry[];
}

/** Shows what can be done and lets the operator choose. Resolves with the command's words; undefined when they leave. */
export async function chooseAtHome(options: HomeOptions): Promise<readonly string[] | undefined> {
  const {stdout, stdin, env, entries} = options;
  const chosen = Promise.withResolvers<readonly string[] | undefined>();
  const gone = (): void => chosen.resolve(undefined);
  stdout.on('error', gone);
  stdin.on('error', gone);
  for (const signal of ends) process.on(signal, gone);
  const suspension = new Suspension(stdout);
  const tree = (): React.JSX.Element => (
    <ThemeContext value={themeFrom(env)}>
      <HomeScreen
        entries={entries}
        columns={stdout.columns || 80}
        rows={stdout.rows || 24}
        onChoose={chosen.resolve}
        suspension={suspension}
      />
    </ThemeContext>
  );
  const resized = (): void => instance.rerender(tree());
  stdout.on('resize', resized);
  // Before the first frame: an echo of keys that are pressed early would shift everything that is drawn.
  if (stdin.isTTY) stdin.setRawMode(true);
  const instance = render(tree(), {
    stdout,
    stdin,
    ...fullScreen,
  });
  const argv = await chosen.promise;
  suspension.release();
  stdout.off('resize', resized);
  for (const signal of ends) process.off(signal, gone);
  instance.unmount();
  await instance.waitUntilExit();
  stdout.off('error', gone);
  stdin.off('error', gone);
  return argv;
}

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface HomeState {
  readonly query: string;
  readonly chosen: number;
  readonly help: boolean;
  readonly offset: number;
}

interface Props {
  readonly entries: readonly HomeEntry[];
  readonly columns: number;
  readonly rows: number;
  readonly onChoose: (argv: readonly string[] | undefined) => void;
  readonly suspension: Suspension;
}

/** Longest query that can be typed. */
const longest = 60;

function HomeScreen({entries, columns, rows, onChoose, suspension}: Props): ReactNode {
  const {suspendTerminal} = useApp();
  useEffect(() => suspension.attach(suspendTerminal), [suspension, suspendTerminal]);
  const [latest, become] = useHeld<HomeState>({query: '', chosen: 0, help: false, offset: 0});

  useKeyboard({
    focus: () => [latest().help ? 'help' : 'home'],
    onKey(action, input) {
      const home = latest();
      const fitting = matching(entries, home.query);
      const entry = fitting[home.chosen];
      if (action === 'leave' || (action === 'back' && !home.help && home.query === ''))
        return onChoose(undefined);
      if (action === 'suspend') return suspension.suspend();
      if (action === 'open') return entry === undefined ? undefined : onChoose(entry.argv);
      if (action === 'plan') return entry?.planArgv === undefined ? undefined : onChoose(entry.planArgv);
      become(
        home.help
          ? readHelp(home, action, columns, rows)
          : changed(home, action, input, fitting.length, homeLayout(rows).list),
      );
    },
    onPaste(text) {
      become(typed(latest(), latest().query + show(text)));
    },
  });

  const {query, chosen, help, offset} = latest();
  return (
    <HomePane
      entries={matching(entries, query)}
      chosen={chosen}
      query={query}
      help={help}
      offset={offset}
      columns={columns}
      rows={rows}
    />
  );
}

function readHelp(home: HomeState, action: Action | undefined, columns: number, rows: number): HomeState {
  if (action === 'back') return {...home, help: false};
  const {list, about} = homeLayout(rows);
  const by = distances(list)[action ?? 'help'] ?? 0;
  const last = lastOffset(helpLines('home', Math.min(columns, widest)).length, list + about);
  return {...home, offset: Math.max(0, Math.min(home.offset + by, last))};
}

function changed(
  home: HomeState,
  action: Action | undefined,
  input: string,
  length: number,
  page: number,
): HomeState {
  switch (action) {
    case 'help':
      return {...home, help: true, offset: 0};
    case 'back':
    case 'clear':
      return typed(home, '');
    case 'erase':
      return typed(home, Array.from(home.query).slice(0, -1).join(''));
    case undefined:
      return typed(home, home.query + show(input));
    default: {
      const to = home.chosen + (distances(page)[action] ?? 0);
      return {...home, chosen: Math.max(0, Math.min(to, length - 1))};
    }
  }
}

function typed(home: HomeState, query: string): HomeState {
  return {...home, query: query.slice(0, longest), chosen: 0};
}

/** Lines or entries that a key moves by, where a page has `page` of them. */
function distances(page: number): Partial<Record<Action, number>> {
  const far = Math.max(1, page - 2);
  return {up: -1, down: 1, 'page-up': -far, 'page-down': far, first: -Infinity, last: Infinity};
}
