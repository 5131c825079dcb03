import type {KeyTable} from '../../keyboard/key-table.ts';
import {typedText} from '../../keyboard/typed-text.ts';
import type {Moment, Outcome, ScreenState} from '../run-screen-state.ts';
import {decisionKey, escapeKeys, leaveKey, suspendKey} from './common-keys.ts';
import {regionMoves} from './scrolling.ts';

/** Longest filter that can be typed. */
const longest = 40;

/** The list's filter, while it is typed. */
export const filterKeys: KeyTable<Moment, Outcome> = {
  title: 'A filter, being typed',
  bindings: [
    ...regionMoves(false),
    {
      keys: ['backspace'],
      shown: 'Backspace',
      help: 'erase a character',
      run: ({screen}) => filtered(screen, typedText.erase(screen.list.filter)),
    },
    {
      keys: ['ctrl-w'],
      shown: 'Ctrl-W',
      help: 'erase a word',
      run: ({screen}) => filtered(screen, typedText.eraseWord(screen.list.filter)),
    },
    {
      keys: ['ctrl-u'],
      shown: 'Ctrl-U',
      help: 'erase everything typed',
      run: ({screen}) => filtered(screen, ''),
    },
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'keep the filter',
      hint: 'keep',
      run: ({screen}) => ({screen: {...screen, filtering: false}}),
    },
    {
      keys: escapeKeys,
      shown: 'Esc',
      help: 'show every Region again',
      hint: 'every Region',
      run: ({screen}) => filtered({...screen, filtering: false}, ''),
    },
    decisionKey,
    leaveKey({keys: ['ctrl-c'], shown: 'Ctrl-C', help: 'stop after the calls under way'}),
    suspendKey,
  ],
  otherwise: ({screen}, {text}) =>
    text === undefined ? undefined : filtered(screen, typedText.add(screen.list.filter, text, longest)),
  pasted: ({screen}, text) => filtered(screen, typedText.paste(screen.list.filter, text, longest)),
};

function filtered(screen: ScreenState, filter: string): Outcome {
  return {screen: {...screen, top: 0, list: {...screen.list, filter}}};
}
