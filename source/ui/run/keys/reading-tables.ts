import {escapeKeys, type KeyTable} from '../../keyboard/key-table.ts';
import {closeHelpKey} from '../../keyboard/screen-keys.ts';
import type {Moment, Outcome, ScreenState} from '../run-screen-state.ts';
import {
  decisionKey,
  fleetKey,
  handOverKey,
  helpKey,
  leaveKey,
  logKey,
  stopAccountKey,
  stopKey,
  suspendKey,
} from './common-keys.ts';
import {copyKey} from './copy-key.ts';
import {readingKeys} from './scrolling.ts';
import {steeringKeys} from './steering-keys.ts';

type Table = KeyTable<Moment, Outcome>;

/** A Region, opened. */
export const regionKeys: Table = {
  title: 'A Region, opened',
  bindings: [
    ...readingKeys('', true),
    ...steeringKeys,
    {
      keys: [...escapeKeys, 'left'],
      shown: 'Esc',
      help: 'go back',
      hint: 'back',
      run: ({screen}) => ({screen: {...screen, opened: false}}),
    },
    copyKey,
    decisionKey,
    logKey,
    helpKey,
    handOverKey,
    stopAccountKey,
    stopKey,
    suspendKey,
  ],
};

export const helpKeys: Table = {
  title: 'The help',
  bindings: [
    ...readingKeys('', true),
    closeHelpKey<ScreenState>(),
    decisionKey,
    leaveKey({keys: ['q', 'ctrl-c'], shown: 'q', help: 'leave, as without the help'}),
    suspendKey,
  ],
};

/** The result, when the run has ended. */
export const resultKeys: Table = {
  title: 'When it has ended',
  bindings: [
    ...readingKeys('', true),
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'look at the Regions',
      hint: 'Regions',
      run: ({screen}) => ({screen: {...screen, browsing: true}}),
    },
    fleetKey,
    logKey,
    helpKey,
    leaveKey({
      keys: ['q', 'ctrl-c'],
      shown: 'q',
      help: 'leave; the summary stays',
      hint: ({shown}) => (shown.within === undefined ? 'leave' : 'fleet'),
    }),
    suspendKey,
  ],
};

/** A decision that another operator makes or has made. It is read-only. */
export const askedKeys: Table = {
  title: 'A decision, watched',
  bindings: [
    ...readingKeys('the changes ', true),
    decisionKey,
    logKey,
    helpKey,
    leaveKey({keys: ['q', 'ctrl-c'], shown: 'q', help: 'leave', hint: 'leave'}),
    suspendKey,
  ],
};
