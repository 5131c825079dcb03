import {escapeKeys, type KeyTable} from '../../keyboard/key-table.ts';
import {sorts, type ListView} from '../../regions/region-list.ts';
import type {Moment, Outcome, ScreenState} from '../run-screen-state.ts';
import {
  changesKey,
  decisionKey,
  handOverKey,
  helpKey,
  logKey,
  stopAccountKey,
  stopKey,
  suspendKey,
} from './common-keys.ts';
import {copyKey} from './copy-key.ts';
import {regionMoves, regionsUnder} from './scrolling.ts';
import {steeringKeys} from './steering-keys.ts';

/** The Regions. */
export const gridKeys: KeyTable<Moment, Outcome> = {
  title: 'The run',
  bindings: [
    ...regionMoves(true),
    {
      keys: ['enter', 'right'],
      shown: 'Enter',
      help: 'open the Region',
      hint: 'open',
      run(moment) {
        const {screen} = moment;
        const row = regionsUnder(moment);
        // One line for several Regions opens into theirs.
        if (row.length > 1) return {screen: relisted(screen, {...screen.list, unfolded: true})};
        const [first] = row;
        return {screen: {...screen, selected: first?.region, opened: first !== undefined}};
      },
    },
    {
      keys: [' '],
      shown: 'Space',
      help: 'list every Region, or one line again for those that are alike',
      run: ({screen}) => ({screen: relisted(screen, {...screen.list, unfolded: !screen.list.unfolded})}),
    },
    {
      keys: ['/'],
      shown: '/',
      help: 'show only Regions with these words in their row',
      hint: 'filter',
      run: ({screen}) => ({screen: {...screen, filtering: true}}),
    },
    {
      keys: ['s'],
      shown: 's',
      help: 'group by what is needed, sort by name, or by how much is in use',
      run({screen}) {
        const next = sorts[(sorts.indexOf(screen.list.sort) + 1) % sorts.length] ?? 'attention';
        return {screen: relisted(screen, {...screen.list, sort: next})};
      },
    },
    {
      keys: ['a'],
      shown: 'a',
      help: 'show only problems, or all again',
      run: ({screen}) => ({
        screen: relisted(screen, {...screen.list, problemsOnly: !screen.list.problemsOnly}),
      }),
    },
    ...steeringKeys,
    copyKey,
    {
      keys: [...escapeKeys, 'left'],
      shown: 'Esc',
      help: 'choose none; when the run has ended, back to the result; in a fleet, back to it',
      run: ({screen, shown}) => ({
        ...(shown.within !== undefined && isFresh(screen) ? {exit: 'back'} : {}),
        screen:
          screen.list.filter === ''
            ? {...screen, selected: undefined, top: 0, browsing: false}
            : relisted(screen, {...screen.list, filter: ''}),
      }),
    },
    decisionKey,
    changesKey,
    logKey,
    helpKey,
    handOverKey,
    stopAccountKey,
    stopKey,
    suspendKey,
  ],
};

/** Returns true if there is nothing that Esc would undo. */
function isFresh({selected, list, browsing}: ScreenState): boolean {
  return selected === undefined && list.filter === '' && !browsing;
}

function relisted(screen: ScreenState, list: ListView): ScreenState {
  return {...screen, list, top: 0};
}
