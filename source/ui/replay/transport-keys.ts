import type {Binding, HelpSection, KeyTable} from '../keyboard/key-table.ts';
import {hintsOf} from '../keyboard/key-hints.tsx';
import {watchKeys} from './take-over.ts';
import type {Line} from '../../text/line.ts';
import type {Transport} from '../../replay/player.ts';

/** The keys of a replay's transport: it takes these before any other. */
export const transportKeys: KeyTable<undefined, Transport> = {
  title: 'The replay',
  bindings: [
    {
      keys: [...'0123456789'],
      shown: '0–9',
      help: 'to that tenth of the run',
      run: (_, {name}) => ({tenth: Number(name)}),
    },
    {keys: ['.'], shown: '.', help: 'pause, and one event on', hint: 'event', run: () => 'next-event'},
    {keys: ['-'], shown: '-', help: 'slower, down to 0.5×', run: () => 'slower'},
    {
      keys: ['+', '='],
      shown: '+',
      help: 'faster, up to 64×, then as fast as possible',
      hint: 'speed',
      hintKeys: '+ -',
      run: () => 'faster',
    },
    {keys: ['f'], shown: 'f', help: 'to the next failure', hint: 'failure', run: () => 'next-failure'},
    {keys: ['['], shown: '[', help: 'to the step before', run: () => 'previous-step'},
    {
      keys: [']'],
      shown: ']',
      help: 'to the next step',
      hint: 'step',
      hintKeys: '[ ]',
      run: () => 'next-step',
    },
    {keys: ['left'], shown: '←', help: 'five seconds back', run: () => 'seconds-back'},
    {
      keys: ['right'],
      shown: '→',
      help: 'five seconds on',
      hint: '5 s',
      hintKeys: '← →',
      run: () => 'seconds-forward',
    },
    {
      keys: [' '],
      shown: 'space',
      help: 'play or pause; at the end, from the start',
      hint: 'play',
      run: () => 'toggle',
    },
  ],
};

/** Leaving and help are the run screen's own keys; a replay's hints and help name them too. */
const shared: readonly Binding<undefined, undefined>[] = [
  {keys: ['?'], shown: '?', help: 'this help', hint: 'help', run: () => undefined},
  {keys: ['q'], shown: 'q', help: 'leave', hint: 'leave', run: () => undefined},
];

export const replayHelp: HelpSection = {
  title: transportKeys.title,
  bindings: [...transportKeys.bindings, ...shared],
};

/** The help of a watcher. */
export const watchHelp: HelpSection = {
  title: watchKeys.title,
  bindings: [...watchKeys.bindings, ...replayHelp.bindings],
};

/** Hints that do not fit are dropped from the start of the line. */
export const replayHints: readonly Line[] = [
  ...hintsOf(transportKeys.bindings, undefined),
  ...hintsOf(shared, undefined),
];
