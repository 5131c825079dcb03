import type {KeyEvent} from '../../../terminal/input-event.ts';
import {pressedIn, type KeyTable} from '../../../keyboard/key-table.ts';
import {keyNoted} from '../../../question/question-gate.ts';
import {
  fleetFocus,
  wavePending,
  waveUp,
  type FleetFocus,
  type FleetMoment,
  type FleetOutcome,
} from '../fleet-screen-state.ts';
import {accountFilterKeys, accountKeys} from './account-keys.ts';
import {fleetHelpKeys, pageKeys} from './reading-keys.ts';
import {chooseWave, earlyWaveKeys, waveKeys} from './wave-keys.ts';

/** The keys of each part of the fleet's screen. */
export const fleetTables: Readonly<Record<FleetFocus, KeyTable<FleetMoment, FleetOutcome>>> = {
  accounts: accountKeys,
  filter: accountFilterKeys,
  page: pageKeys,
  question: waveKeys,
  'early-question': earlyWaveKeys,
  help: fleetHelpKeys,
};

/** Result of a key on the screen. */
export function fleetPressed(moment: FleetMoment, key: KeyEvent): FleetOutcome {
  const {screen, shown, at} = moment;
  const before = {...moment, screen: {...screen, notice: undefined}};
  if (key.name === 'tab' && wavePending(screen, shown, at) !== undefined) {
    return noted(before, chooseWave(before));
  }
  const table = fleetTables[fleetFocus(screen, shown, at)];
  return noted(before, pressedIn(table, before, key) ?? {screen: before.screen});
}

/** Result of a paste on the screen. */
export function fleetPasted(moment: FleetMoment, text: string): FleetOutcome {
  const {screen, shown, at} = moment;
  return noted(moment, fleetTables[fleetFocus(screen, shown, at)].pasted?.(moment, text) ?? {screen});
}

function noted({screen, shown, at}: FleetMoment, outcome: FleetOutcome): FleetOutcome {
  return keyNoted(screen, waveUp(screen, shown, at)?.id, outcome, at);
}
