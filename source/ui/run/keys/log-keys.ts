import {escapeKeys, type KeyTable} from '../../keyboard/key-table.ts';
import {longestFilter, typingKeys} from '../../keyboard/typing-keys.ts';
import {logKinds, wholeLog, type LogView} from '../../log/log-lines.ts';
import type {Moment, Outcome, ScreenState} from '../run-screen-state.ts';
import {decisionKey, helpKey, leaveKey, stopKey, suspendKey} from './common-keys.ts';
import {readingKeys} from './scrolling.ts';

type Table = KeyTable<Moment, Outcome>;

const typing = typingKeys<Moment, Outcome>({
  text: ({screen}) => screen.log?.filter ?? '',
  changed: ({screen}, filter) => changed(screen, {filter, upTo: undefined}),
  longest: longestFilter,
});

/** The log. */
export const logKeys: Table = {
  title: 'The log',
  bindings: [
    ...readingKeys('', true),
    {
      keys: ['/'],
      shown: '/',
      help: 'show only lines with these words',
      hint: 'filter',
      run: ({screen}) => changed(screen, {filtering: true}),
    },
    {
      keys: ['a'],
      shown: 'a',
      help: 'all lines, all but retries and steps under way, changes alone, or problems alone',
      hint: 'kind',
      run({screen}) {
        const {kind = 'all'} = screen.log ?? {};
        const next = logKinds[(logKinds.indexOf(kind) + 1) % logKinds.length] ?? 'all';
        return changed(screen, {kind: next, upTo: undefined});
      },
    },
    {
      keys: [...escapeKeys, 'left', 'l'],
      shown: 'Esc',
      help: 'go back; with a filter, show every line again',
      hint: 'back',
      run: ({screen}) =>
        screen.log === undefined || screen.log.filter === ''
          ? {screen: {...screen, log: undefined}}
          : changed(screen, {filter: ''}),
    },
    decisionKey,
    helpKey,
    stopKey,
    suspendKey,
  ],
};

/** The log's filter, while it is typed. */
export const logFilterKeys: Table = {
  title: 'A filter of the log, being typed',
  bindings: [
    ...typing.bindings,
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'keep the filter',
      hint: 'keep',
      run: ({screen}) => changed(screen, {filtering: false}),
    },
    {
      keys: escapeKeys,
      shown: 'Esc',
      help: 'show every line again',
      hint: 'every line',
      run: ({screen}) => changed(screen, {filtering: false, filter: '', upTo: undefined}),
    },
    decisionKey,
    leaveKey({keys: ['ctrl-c'], shown: 'Ctrl-C', help: 'stop after the calls under way'}),
    suspendKey,
  ],
  otherwise: typing.otherwise,
  pasted: typing.pasted,
};

function changed(screen: ScreenState, change: Partial<LogView>): Outcome {
  return {screen: {...screen, log: {...(screen.log ?? wholeLog), ...change}, scroll: {of: '', offset: 0}}};
}
