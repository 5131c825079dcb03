import {use, type ReactNode} from 'react';
import {Box} from 'ink';
import {Lines} from '../../components/lines.tsx';
import {Rule} from '../../components/rule.tsx';
import {lastOffset, Scrolled} from '../../components/scrolled.tsx';
import {hintsOf, KeyHints} from '../../keyboard/key-hints.tsx';
import {useKeyboard} from '../../keyboard/use-keyboard.ts';
import {Confirmation} from '../../question/confirmation.tsx';
import {useQuestionGate} from '../../question/use-question-gate.ts';
import type {FleetCommand} from '../../../fleet/steer.ts';
import type {KeyEvent} from '../../terminal/input-event.ts';
import {SessionContext} from '../../terminal/ink-session.tsx';
import type {StopWish} from '../../view.ts';
import {AccountList} from './account-list.tsx';
import {fleetFrame} from './fleet-frame.ts';
import {fleetCaption} from './fleet-header.ts';
import {
  fleetFocus,
  wavePending,
  waveUp,
  type FleetFrame,
  type FleetMoment,
  type FleetOutcome,
  type FleetScreenState,
} from './fleet-screen-state.ts';
import {fleetPasted, fleetPressed, fleetTables} from './keys/tables.ts';
import type {FleetShown} from './live-fleet.ts';

interface Props extends FleetShown {
  readonly columns: number;
  readonly rows: number;
  /** The operator's state, which outlives the screen while an account is opened. */
  readonly latest: () => FleetScreenState;
  readonly become: (screen: FleetScreenState) => void;
  readonly onOpen: (account: string) => void;
  /** The operator steers the fleet. */
  readonly onCommand: (command: FleetCommand) => void;
  readonly onInterrupt: (why?: StopWish) => void;
  /** The operator has seen the end. */
  readonly onLeave: () => void;
}

/** A question does not come up under fingers that type something else. */
const waiting = 'A decision waits: stop typing, or Tab.';

/** The fleet, on all of the screen. */
export function FleetScreen(props: Props): ReactNode {
  const {state, columns, rows, latest, become} = props;
  const session = use(SessionContext);
  const clockNow = (): number => session?.clock.now() ?? 0;
  const momentOf = (at: number): FleetMoment => {
    const screen = latest();
    let frame: FleetFrame | undefined;
    return {screen, shown: props, at, frame: () => (frame ??= fleetFrame(screen, props, columns, rows, at))};
  };
  const act = ({screen, answer, command, open, exit}: FleetOutcome, key?: KeyEvent): void => {
    become(screen);
    if (exit === 'suspend') return session?.suspend();
    if (exit === 'leave' && state.ended !== undefined) return props.onLeave();
    if (exit === 'leave') return key?.name === 'q' ? props.onInterrupt('q') : props.onInterrupt();
    if (answer !== undefined) props.wave?.answer(answer);
    if (command !== undefined) props.onCommand(command);
    if (open !== undefined) props.onOpen(open);
  };
  // A key that comes with the one that opened an account was meant for that account's screen.
  const ifHere = (outcome: () => FleetOutcome, key?: KeyEvent): void => {
    if (latest().opened === undefined) act(outcome(), key);
  };
  useKeyboard({
    onKey: (key: KeyEvent) => ifHere(() => fleetPressed(momentOf(clockNow()), key), key),
    onPaste: (text) => ifHere(() => fleetPasted(momentOf(clockNow()), text)),
  });

  const at = clockNow();
  const moment = momentOf(at);
  const {screen} = moment;
  const frame = moment.frame();
  const focus = fleetFocus(screen, props, at);
  const {layout, dock} = frame;
  const pending = wavePending(screen, props, at);
  const isAsked = focus === 'question' || focus === 'early-question';
  useQuestionGate({
    session,
    latest,
    become,
    id: props.wave?.id,
    isUp: waveUp(screen, props, at) !== undefined,
    endShown: dock !== undefined && isAsked && frame.offset >= lastOffset(frame.text.length, frame.textRows),
  });
  const {width} = layout;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines lines={frame.header} columns={width} rows={layout.header} />
      <Rule columns={width} rows={layout.rule} caption={fleetCaption(state)} />
      {state.started === undefined || focus === 'help' || focus === 'page' ? (
        <Scrolled lines={frame.text} columns={width} rows={frame.listRows} offset={frame.offset} />
      ) : (
        <AccountList frame={frame} screen={screen} columns={width} />
      )}
      {dock !== undefined && (
        <Confirmation
          {...dock}
          caption={{text: dock.caption, heavy: true}}
          columns={width}
          offset={isAsked ? frame.offset : 0}
        />
      )}
      {layout.waiting > 0 && (
        <>
          <Rule columns={width} rows={layout.rule} />
          <Lines lines={frame.news} columns={width} rows={layout.waiting} />
        </>
      )}
      <Rule columns={width} rows={layout.rule} />
      <KeyHints
        hints={hintsOf(fleetTables[focus].bindings, moment)}
        notice={pending === undefined ? screen.notice : waiting}
        columns={width}
        rows={layout.keys}
      />
    </Box>
  );
}
