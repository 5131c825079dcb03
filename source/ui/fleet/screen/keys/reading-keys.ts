import {escapeKeys, type KeyTable} from '../../../keyboard/key-table.ts';
import {closeHelpKey} from '../../../keyboard/screen-keys.ts';
import type {FleetMoment, FleetOutcome, FleetScreenState} from '../fleet-screen-state.ts';
import {decisionKey, leaveKey, readingMoves, suspendKey} from './common.ts';

/** What is known of an account that has no run to show. */
export const pageKeys: KeyTable<FleetMoment, FleetOutcome> = {
  title: 'An account of a fleet that has no run',
  bindings: [
    ...readingMoves('', true),
    {
      keys: [...escapeKeys, 'left'],
      shown: 'Esc',
      help: 'back to the accounts',
      hint: 'back',
      run: ({screen}) => ({screen: {...screen, page: undefined}}),
    },
    decisionKey,
    leaveKey,
    suspendKey,
  ],
};

/** The help of a fleet. */
export const fleetHelpKeys: KeyTable<FleetMoment, FleetOutcome> = {
  title: 'The help of a fleet',
  bindings: [...readingMoves('', true), closeHelpKey<FleetScreenState>(), decisionKey, leaveKey, suspendKey],
};
