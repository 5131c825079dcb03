import {use, type ReactNode} from 'react';
import {Box} from 'ink';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {DockedPane} from './decision/docked-pane.tsx';
import {Header} from './header.tsx';
import {hintsOf, KeyHints} from '../keyboard/key-hints.tsx';
import type {HelpSection} from '../keyboard/key-table.ts';
import type {KeyEvent} from '../terminal/input-event.ts';
import {layoutFor} from './layout.ts';
import {blank, span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {RailAcross, RailUpright, uprightColumns} from './step-rail.tsx';
import {besideOf, modeCaption, unansweredCaption} from '../../wording/run-mode.ts';
import {pasted, pressed, runTables} from './keys/tables.ts';
import {readingOf, showsEnd} from './scroll-pane.ts';
import {Rule} from '../components/rule.tsx';
import {RunPane} from './panes/run-pane.tsx';
import {
  askingOf,
  focusOf,
  freshScreen,
  isAtQuestion,
  isCovering,
  isTyping,
  pendingOf,
  type Moment,
  type Outcome,
  type Shown,
} from './run-screen-state.ts';
import {StatusLine} from './status-line.tsx';
import type {StopWish} from '../view.ts';
import {Upright} from './panes/upright.tsx';
import {Covering} from './panes/covering.tsx';
import {SessionContext} from '../terminal/ink-session.tsx';
import {wrap} from '../../text/width.ts';
import {useHeld} from '../keyboard/use-instant-state.ts';
import {useKeyboard} from '../keyboard/use-keyboard.ts';
import {useQuestionGate} from '../question/use-question-gate.ts';

export interface RunScreenProps extends Shown {
  readonly columns: number;
  readonly rows: number;
  readonly onInterrupt: (why?: StopWish) => void;
  /** The operator has seen the result. */
  readonly onLeave: () => void;
  /** The operator goes back to the fleet, where the run is one of its accounts'. */
  readonly onBack?: () => void;
  /** The operator stops the run of an account, and not its fleet. */
  readonly onStopAccount?: () => void;
  /** The operator steers the run. */
  readonly onCommand?: (command: Command) => void;
  /** Set in a replay. */
  readonly replay?: {
    /** It is at the end of a run that is still going. */
    readonly watching?: boolean;
    /** What the watcher may do, in place of the usual words. */
    readonly caption?: string | undefined;
    /** The transport bar in this many columns. */
    readonly bar: (columns: number) => Line;
    /** The keys of the transport, for the help, and those to hint at. */
    readonly help: HelpSection;
    readonly hints: readonly Line[];
    /** A key was pressed; returns whether it was one of the transport's. */
    readonly onKey: (key: KeyEvent) => boolean;
  };
}

/** A question does not come up under fingers that type something else. */
const waiting = 'A decision waits: stop typing, or Tab.';

/** The run, on all of the screen. */
export function RunScreen(props: RunScreenProps): ReactNode {
  const {state, now, onInterrupt, onLeave, replay} = props;
  const session = use(SessionContext);
  const layout = layoutFor(props.columns, props.rows, replay !== undefined, uprightColumns(state));
  const [latest, become] = useHeld(freshScreen);

  const clockNow = (): number => session?.clock.now() ?? 0;
  const momentOf = (at: number): Moment => {
    const screen = latest();
    return {
      screen,
      shown: props,
      layout,
      at,
      reading: () => readingOf(screen, props, layout, at, replay?.help),
    };
  };
  const act = ({screen, answer, commands = [], copy, exit}: Outcome, key?: KeyEvent): void => {
    become(screen);
    if (exit === 'suspend') return session?.suspend();
    if (exit === 'back') return props.onBack?.();
    if (exit === 'stop-account') return props.onStopAccount?.();
    if (exit === 'hand-over') return replay === undefined ? onInterrupt(exit) : undefined;
    if (exit === 'leave' && state.ended !== undefined) return onLeave();
    // Ctrl-C is what a terminal makes SIGINT of.
    if (exit === 'leave') return key?.name === 'q' ? onInterrupt('q') : onInterrupt();
    if (answer !== undefined) props.asking?.answer(answer);
    for (const command of commands) props.onCommand?.(command);
    if (copy !== undefined) session?.copy(copy);
  };
  useKeyboard({
    onKey(key) {
      const moment = momentOf(clockNow());
      // Text that is typed is no business of the transport's.
      const isText = isTyping(focusOf(moment.screen, props, moment.at));
      if (!isText && replay?.onKey(key) === true) return;
      act(pressed(moment, key), key);
    },
    onPaste: (text) => act(pasted(momentOf(clockNow()), text)),
  });
  const at = clockNow();
  const moment = momentOf(at);
  const {screen} = moment;
  const reading = moment.reading();
  const focus = focusOf(screen, props, at);
  const {dock} = reading;
  const waits = pendingOf(screen, props, at);
  useQuestionGate({
    session,
    latest,
    become,
    id: (askingOf(screen, props, at) ?? waits)?.id,
    isUp: waits === undefined,
    endShown: dock !== undefined && isAtQuestion(focus) && showsEnd(reading),
  });
  const {unansweredSince} = props;
  const caption =
    unansweredSince === undefined ? modeCaption(state, replay) : unansweredCaption(unansweredSince, now);
  const {width, rail, rule, paneColumns, paneRows} = layout;
  const covered = isCovering(focus) && !reading.beside;
  const area = {columns: paneColumns, rows: paneRows};
  const place = {view: screen.list, selected: screen.selected, top: screen.top, filtering: screen.filtering};
  const isGrid = focus === 'grid' || focus === 'filter';
  const pane =
    dock !== undefined ? (
      <DockedPane
        {...{dock, state, now, place, reading, layout}}
        told={props.told}
        covered={!isGrid && !isAtQuestion(focus)}
      />
    ) : state.started === undefined ? (
      <Lines {...area} lines={openingLines(props.awaited ?? props.opening, paneColumns)} />
    ) : isGrid || reading.beside ? (
      <RunPane {...props} layout={layout} place={place} reading={reading} />
    ) : (
      <Covering reading={reading} columns={paneColumns} />
    );
  return (
    <Box flexDirection="column" width={props.columns} height={props.rows}>
      <Header
        state={state}
        now={now}
        beside={unansweredSince === undefined ? besideOf(replay) : 'no answer'}
        columns={width}
        rows={layout.header}
      />
      {rail.kind === 'across' && <RailAcross state={state} columns={width} rows={rail.rows} />}
      <Rule columns={width} rows={rule} caption={caption} />
      {rail.kind === 'across' ? (
        pane
      ) : (
        <Box height={paneRows}>
          <RailUpright state={state} now={now} columns={rail.columns} rows={paneRows} />
          <Upright rows={paneRows} />
          {pane}
        </Box>
      )}
      <StatusLine shown={props} layout={layout} covered={covered} docked={dock !== undefined} focus={focus} />
      {replay !== undefined && <Lines lines={[replay.bar(width)]} columns={width} rows={layout.bar} />}
      <KeyHints
        hints={
          replay === undefined || isTyping(focus) || focus === 'help' || focus === 'log'
            ? hintsOf(runTables[focus].bindings, moment)
            : replay.hints
        }
        notice={waits === undefined ? screen.notice : waiting}
        columns={width}
        rows={layout.keys}
      />
    </Box>
  );
}

function openingLines(text: string, columns: number): readonly Line[] {
  return [blank, ...wrap(text, columns - 2).map((part): Line => [span(` ${part}`)])];
}
