import {useEffect, type ReactNode} from 'react';
import {Box, useApp} from 'ink';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {Confirmation} from '../question/confirmation.tsx';
import {Header} from './header.tsx';
import {KeyHints} from '../keyboard/key-hints.tsx';
import type {Action} from '../keyboard/bindings.ts';
import {divider, layoutFor} from './layout.ts';
import {blank, span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {RailAcross, RailUpright} from './step-rail.tsx';
import {modeCaption} from '../../wording/run-mode.ts';
import {pressed} from './run-screen-reducer.ts';
import {readingOf} from './scroll-pane.ts';
import {insert} from '../question/reply.ts';
import {Rule} from '../components/rule.tsx';
import {RunPane} from './run-pane.tsx';
import {askingOf, focusOf, freshScreen, replyOf, type Shown} from './run-screen-state.ts';
import {Scrolled} from '../components/scrolled.tsx';
import {abilities} from './steering.ts';
import type {Suspension} from '../terminal/suspend.ts';
import {wrap} from '../../text/width.ts';
import {useHeld} from '../keyboard/use-instant-state.ts';
import {useKeyboard} from '../keyboard/use-keyboard.ts';

export interface RunScreenProps extends Shown {
  readonly columns: number;
  readonly rows: number;
  readonly onInterrupt: () => void;
  /** The operator has seen the result. */
  readonly onLeave: () => void;
  /** The operator steers the run. */
  readonly onCommand?: (command: Command) => void;
  /** Ctrl-Z, and how the terminal is given back. */
  readonly suspension?: Suspension;
  /** Has the whole tree drawn again when the terminal can take it. Absent: it is drawn at once. */
  readonly redraw?: () => void;
  /** Set in a replay. */
  readonly replay?: {
    /** It is at the end of a run that is still going. */
    readonly watching?: boolean;
    /** The transport bar in this many columns. */
    readonly bar: (columns: number) => Line;
    /** A key was pressed; returns whether it was one of the transport's. */
    readonly onKey: (action: Action | undefined, input: string) => boolean;
  };
}

const noAbilities: ReadonlySet<never> = new Set();

/** The run, on all of the screen. */
export function RunScreen(props: RunScreenProps): ReactNode {
  const {state, now, onInterrupt, onLeave, replay} = props;
  const {suspendTerminal} = useApp();
  const layout = layoutFor(props.columns, props.rows, replay !== undefined);
  const [latest, become] = useHeld(freshScreen, props.redraw);

  useEffect(() => props.suspension?.attach(suspendTerminal), [props.suspension, suspendTerminal]);

  useKeyboard({
    focus() {
      const own = focusOf(latest(), props);
      // Text that is typed is no business of the transport's.
      return replay === undefined || own === 'filter' ? [own] : ['replay', own];
    },
    onKey(action, input) {
      if (replay?.onKey(action, input) === true) return;
      if (action === 'leave') return state.ended === undefined ? onInterrupt() : onLeave();
      if (action === 'suspend') return props.suspension?.suspend();
      const {screen, answer, commands = []} = pressed(latest(), props, layout, action, input);
      if (answer !== undefined) props.asking?.answer(answer);
      for (const command of commands) props.onCommand?.(command);
      become(screen);
    },
    onPaste(text) {
      const asking = askingOf(latest(), props);
      if (asking === undefined) return;
      const reply = insert(replyOf(latest(), props), text);
      become({...latest(), draft: {id: asking.id, reply}});
    },
  });

  const screen = latest();
  const asking = askingOf(screen, props);
  const focus = focusOf(screen, props);
  const reading = readingOf(screen, props, layout);
  const {width, rail, rule, paneColumns, paneRows} = layout;
  const area = {columns: paneColumns, rows: paneRows};
  const pane =
    asking !== undefined ? (
      <Confirmation
        {...area}
        state={state}
        question={asking.question}
        reply={replyOf(screen, props)}
        offset={reading.offset}
      />
    ) : state.started === undefined ? (
      <Lines {...area} lines={openingLines(props.awaited ?? props.opening, paneColumns)} />
    ) : focus === 'run' || focus === 'filter' || reading.beside ? (
      <RunPane
        {...props}
        layout={layout}
        place={{view: screen.list, selected: screen.selected, top: screen.top, filtering: screen.filtering}}
        reading={reading}
      />
    ) : (
      <Scrolled {...area} lines={reading.lines} offset={reading.offset} />
    );
  return (
    <Box flexDirection="column" width={props.columns} height={props.rows}>
      <Header state={state} now={now} replay={replay !== undefined} columns={width} rows={layout.header} />
      {rail.kind === 'across' && <RailAcross state={state} columns={width} rows={rail.rows} />}
      <Rule columns={width} rows={rule} caption={modeCaption(state, replay)} />
      {rail.kind === 'across' ? (
        pane
      ) : (
        <Box height={paneRows}>
          <RailUpright state={state} now={now} columns={rail.columns} rows={paneRows} />
          <Lines
            lines={Array.from({length: paneRows}, () => [span(' │ ', 'quiet')])}
            columns={divider}
            rows={paneRows}
          />
          {pane}
        </Box>
      )}
      <Rule columns={width} rows={rule} />
      {replay !== undefined && <Lines lines={[replay.bar(width)]} columns={width} rows={layout.bar} />}
      <KeyHints
        focus={replay === undefined || focus === 'filter' ? focus : 'replay'}
        able={props.steerable === true ? abilities(state, screen.selected) : noAbilities}
        notice={screen.notice}
        columns={width}
        rows={layout.keys}
      />
    </Box>
  );
}

function openingLines(text: string, columns: number): readonly Line[] {
  return [blank, ...wrap(text, columns - 2).map((part): Line => [span(` ${part}`)])];
}
