import type {FleetState} from '../../../../fleet/state.ts';
import {escapeKeys, type KeyTable} from '../../../keyboard/key-table.ts';
import {longestFilter, typingKeys} from '../../../keyboard/typing-keys.ts';
import {waitingForYou} from '../../accounts/account-item.ts';
import {accountRows, everyLine, keyOf, type AccountRow} from '../../accounts/account-rows.ts';
import type {FleetMoment, FleetOutcome, FleetScreenState} from '../fleet-screen-state.ts';
import {accountMoves, decisionKey, interruptKey, leaveKey, suspendKey} from './common.ts';

type Table = KeyTable<FleetMoment, FleetOutcome>;

const typing = typingKeys<FleetMoment, FleetOutcome>({
  text: ({screen}) => screen.view.filter,
  changed: filtered,
  longest: longestFilter,
});

/** The accounts of a fleet. */
export const accountKeys: Table = {
  title: 'A fleet',
  bindings: [
    ...accountMoves(true),
    {
      keys: ['enter', 'right'],
      shown: 'Enter',
      help: 'open the account: its own screen, as that of a run; a line for several accounts opens into them',
      hint: 'open',
      run: opened,
    },
    {
      keys: ['d'],
      shown: 'd',
      help: 'open the account that waits for you: its run asks about more than its wave agreed to, or cannot go on',
      hint: ({shown}) => (shown.asking.size > 0 ? 'question' : 'needs you'),
      enabled: (moment) => firstWaiting(moment) !== undefined,
      run(moment) {
        const {screen} = moment;
        const open = firstWaiting(moment);
        return open === undefined
          ? {screen: {...screen, notice: 'No account waits for you.'}}
          : {screen: {...screen, selected: open}, open};
      },
    },
    {
      keys: [' '],
      shown: 'Space',
      help: 'list every account, or one line again for those that are alike',
      hint: ({screen}) => (screen.view.unfolded.has(everyLine) ? 'fold' : 'all'),
      run({screen}) {
        const unfolded = screen.view.unfolded.has(everyLine) ? [] : [everyLine];
        return {screen: {...screen, top: 0, view: {...screen.view, unfolded: new Set(unfolded)}}};
      },
    },
    {
      keys: ['/'],
      shown: '/',
      help: 'show only accounts with these words: name, id, unit, tag, state, wave or cause',
      hint: 'filter',
      run: ({screen}) => ({screen: {...screen, filtering: true}}),
    },
    {
      keys: [...escapeKeys, 'left'],
      shown: 'Esc',
      help: 'every account again, then choose none',
      run: ({screen}) => ({
        screen:
          screen.view.filter === ''
            ? {...screen, selected: undefined, top: 0, view: {...screen.view, unfolded: new Set()}}
            : {...screen, top: 0, view: {...screen.view, filter: ''}},
      }),
    },
    {
      keys: ['p'],
      shown: 'p',
      help: 'pause: no account is begun or changed for the first time, those under way go on; again: go on',
      hint: ({shown}) => (shown.state.held === undefined ? 'pause' : 'go on'),
      enabled: ({shown}) => isGoing(shown.state),
      run: ({screen, shown}) =>
        isGoing(shown.state)
          ? {screen, command: shown.state.held === undefined ? 'pause' : 'continue'}
          : {screen},
    },
    decisionKey,
    {
      keys: ['?'],
      shown: '?',
      help: 'this help',
      hint: 'help',
      run: ({screen}) => ({screen: {...screen, help: true}}),
    },
    leaveKey,
    suspendKey,
  ],
};

/** The filter of a fleet's accounts, while it is typed. */
export const accountFilterKeys: Table = {
  title: 'A filter of accounts, being typed',
  bindings: [
    ...accountMoves(false),
    ...typing.bindings,
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'keep the filter; the next Enter opens the chosen account',
      hint: 'keep',
      run: ({screen}) => ({screen: {...screen, filtering: false}}),
    },
    {
      keys: escapeKeys,
      shown: 'Esc',
      help: 'show every account again',
      hint: 'every account',
      run: ({screen}) => ({
        screen: {
          ...screen,
          filtering: false,
          top: 0,
          selected: undefined,
          view: {...screen.view, filter: ''},
        },
      }),
    },
    decisionKey,
    interruptKey,
    suspendKey,
  ],
  otherwise: typing.otherwise,
  pasted: typing.pasted,
};

/** The first account that fits is chosen: keys act on a row that is to be seen. */
function filtered({screen, frame}: FleetMoment, filter: string): FleetOutcome {
  const view = {...screen.view, filter};
  const first =
    filter === '' ? undefined : accountRows(frame().items, view).flatMap((row) => keyOf(row) ?? [])[0];
  return {screen: {...screen, top: 0, view, selected: first}};
}

function firstWaiting({shown}: FleetMoment): string | undefined {
  const {asking, standing} = waitingForYou(shown.state, shown);
  return asking[0] ?? standing[0];
}

function isGoing({started, interrupted, ended}: FleetState): boolean {
  return started !== undefined && interrupted === undefined && ended === undefined;
}

function opened({screen, frame}: FleetMoment): FleetOutcome {
  const row = frame().rows.find((one) => keyOf(one) !== undefined && keyOf(one) === screen.selected);
  if (row === undefined) return {screen: {...screen, notice: 'Choose an account first, with ↑ and ↓.'}};
  if (row.kind === 'account') return {screen, open: row.item.account.id};
  return {screen: unfoldedAt(screen, row)};
}

/** One line for several accounts opens into theirs, with the first of them chosen. */
function unfoldedAt(screen: FleetScreenState, row: AccountRow): FleetScreenState {
  if (row.kind !== 'several') return screen;
  const unfolded = new Set([...screen.view.unfolded, row.key]);
  return {...screen, selected: row.items[0]?.account.id, view: {...screen.view, unfolded}};
}
