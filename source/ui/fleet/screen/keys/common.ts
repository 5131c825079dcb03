import type {Binding} from '../../../keyboard/key-table.ts';
import {moveKeys} from '../../../keyboard/move-keys.ts';
import {suspendKeyOf} from '../../../keyboard/screen-keys.ts';
import {lastOffset} from '../../../components/scrolled.tsx';
import {windowStart} from '../../../components/window-start.ts';
import {chosenGate} from '../../../question/question-gate.ts';
import {stopHint} from '../../../../wording/run-mode.ts';
import {keyOf} from '../../accounts/account-rows.ts';
import {
  fleetFocus,
  fleetScrollKey,
  type FleetMoment,
  type FleetOutcome,
  type FleetScreenState,
} from '../fleet-screen-state.ts';

type Row = Binding<FleetMoment, FleetOutcome>;

export const suspendKey: Row = suspendKeyOf<FleetScreenState>();

/** Says what becomes of a fleet whose operator leaves it. */
function leaveHint({shown: {state}}: FleetMoment): string {
  return state.ended === undefined ? stopHint(state) : 'leave';
}

/** Ctrl-C, where q is a letter or leaves something else. */
export const interruptKey: Row = {
  keys: ['ctrl-c'],
  shown: 'Ctrl-C',
  help: 'stop after the calls under way; a fleet can be resumed, a simulation cannot',
  hint: leaveHint,
  run: ({screen}) => ({screen, exit: 'leave'}),
};

/** Leaves the fleet: it stops while it goes, and is merely left once it has ended. */
export const leaveKey: Row = {
  keys: ['q', 'ctrl-c'],
  shown: 'q',
  help: 'stop after the calls under way; a fleet can be resumed, a simulation cannot (also Ctrl-C)',
  hint: leaveHint,
  run: ({screen}) => ({screen, exit: 'leave'}),
};

/** Goes between a wave's question and the accounts. */
export const decisionKey: Row = {
  keys: ['tab'],
  shown: 'Tab',
  help: 'while a wave is asked about: to the accounts, and back to the answer',
  hint: (moment) => (isAway(moment) ? 'answer' : 'accounts'),
  enabled: ({shown}) => shown.wave !== undefined,
  run(moment) {
    const {screen, shown} = moment;
    const id = shown.wave?.id;
    if (id === undefined) return {screen};
    if (isAway(moment)) {
      return {
        screen: {
          ...screen,
          away: undefined,
          help: false,
          page: undefined,
          filtering: false,
          gate: chosenGate({id}, id),
        },
      };
    }
    return {screen: {...screen, away: id}};
  },
};

function isAway({screen, shown, at}: FleetMoment): boolean {
  const focus = fleetFocus(screen, shown, at);
  return focus !== 'question' && focus !== 'early-question';
}

/** Keys that scroll a text. */
export function readingMoves(what: string, letters: boolean): readonly Row[] {
  const words = {up: `scroll ${what}up`, down: `scroll ${what}down`, hint: 'scroll', letters};
  return moveKeys(scrolled, ({frame}) => Math.max(1, frame().textRows - 2), words);
}

/** Keys that move between accounts. */
export function accountMoves(letters: boolean): readonly Row[] {
  const words = {up: 'the account above', down: 'the account below', hint: 'account', letters};
  return moveKeys(chosen, ({frame}) => Math.max(1, frame().listRows - 2), words);
}

function scrolled({screen, shown, at, frame}: FleetMoment, by: number): FleetScreenState {
  const {text, textRows, offset} = frame();
  const next = Math.max(0, Math.min(offset + by, lastOffset(text.length, textRows)));
  return {
    ...screen,
    scroll: {of: fleetScrollKey(fleetFocus(screen, shown, at), screen, shown), offset: next},
  };
}

function chosen({screen, frame}: FleetMoment, by: number): FleetScreenState {
  const {rows, listRows} = frame();
  const keys = rows.flatMap((row) => keyOf(row) ?? []);
  if (keys.length === 0) return screen;
  const at = keys.indexOf(screen.selected ?? '');
  const next = at < 0 ? (by < 0 ? keys.length - 1 : by === Infinity ? keys.length - 1 : 0) : at + by;
  const selected = keys[Math.max(0, Math.min(next, keys.length - 1))];
  const index = rows.findIndex((row) => keyOf(row) === selected);
  // The heading above the first row comes along.
  return {...screen, selected, top: index <= 1 ? 0 : windowStart(rows.length, listRows, screen.top, index)};
}
