import type {Binding} from '../../keyboard/key-table.ts';
import type {Moment, Outcome} from '../run-screen-state.ts';

type Row = Binding<Moment, Outcome>;

/** A key that leaves, in the words of the place. */
export function leaveKey(words: Pick<Row, 'keys' | 'shown' | 'help' | 'hint'>): Row {
  return {...words, live: true, run: ({screen}) => ({screen, exit: 'leave'})};
}

export const suspendKey: Row = {
  keys: ['ctrl-z'],
  shown: 'Ctrl-Z',
  help: 'suspend; fg comes back',
  live: true,
  run: ({screen}) => ({screen, exit: 'suspend'}),
};

export const helpKey: Row = {
  keys: ['?'],
  shown: '?',
  help: 'this help',
  hint: 'help',
  run: ({screen}) => ({screen: {...screen, help: true}}),
};

/** Esc, or Esc that a multiplexer joined with the next key. */
export const escapeKeys = ['escape', 'alt-enter'] as const;

/** Leaves a run: it stops while it goes, and is merely left once it has ended. */
export const stopKey: Row = {
  ...leaveKey({
    keys: ['q', 'ctrl-c'],
    shown: 'q',
    help: 'stop after the calls under way; the run can be resumed (also Ctrl-C)',
  }),
  hint: ({shown}) => (shown.state.ended === undefined ? 'stop, resumable' : 'leave'),
};
