import {escapeKeys, type KeyTable} from '../../keyboard/key-table.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {listRegions} from '../../regions/region-list.ts';
import {longestFilter, typingKeys} from '../../keyboard/typing-keys.ts';
import type {Moment, Outcome, ScreenState} from '../run-screen-state.ts';
import {decisionKey, leaveKey, suspendKey} from './common-keys.ts';
import {regionMoves} from './scrolling.ts';

const typing = typingKeys<Moment, Outcome>({
  text: ({screen}) => screen.list.filter,
  changed: filtered,
  longest: longestFilter,
});

/** The list's filter, while it is typed. */
export const filterKeys: KeyTable<Moment, Outcome> = {
  title: 'A filter, being typed',
  bindings: [
    ...regionMoves(false),
    ...typing.bindings,
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'open the chosen Region, at first the first one; the filter is kept',
      hint: 'open',
      run: ({screen, shown}) => ({
        screen: {...screen, filtering: false, opened: isListed(shown.state, screen)},
      }),
    },
    {
      keys: escapeKeys,
      shown: 'Esc',
      help: 'show every Region again',
      hint: 'every Region',
      run: ({screen}) => ({
        screen: {
          ...screen,
          filtering: false,
          selected: undefined,
          top: 0,
          list: {...screen.list, filter: ''},
        },
      }),
    },
    decisionKey,
    leaveKey({keys: ['ctrl-c'], shown: 'Ctrl-C', help: 'stop after the calls under way'}),
    suspendKey,
  ],
  otherwise: typing.otherwise,
  pasted: typing.pasted,
};

/** The first Region that fits is chosen: keys act on a row that is to be seen. */
function filtered({screen, shown}: Moment, filter: string): Outcome {
  const list = {...screen.list, filter};
  const selected = filter === '' ? undefined : listRegions(shown.state, list)[0]?.region;
  return {screen: {...screen, top: 0, list, selected}};
}

function isListed(state: RunState, {list, selected}: ScreenState): boolean {
  return selected !== undefined && listRegions(state, list).some(({region}) => region === selected);
}
