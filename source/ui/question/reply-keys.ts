import type {ReplyKey} from './reply.ts';

interface Row {
  /** Names of the keys, as the decoder gives them. */
  readonly keys: readonly string[];
  /** Spelling of the keys in the help. */
  readonly shown: string;
  readonly help: string;
  readonly hint?: string;
  readonly does: ReplyKey;
}

/** The keys that change a reply or send it, on the screen and in lines. Any other one with Alt is `back`. */
export const replyKeys: readonly Row[] = [
  {
    keys: ['enter'],
    shown: 'Enter',
    help: 'send what was typed; alone it does nothing',
    does: 'submit',
  },
  {keys: ['backspace'], shown: 'Backspace', help: 'erase a character', does: 'erase'},
  {keys: ['ctrl-w'], shown: 'Ctrl-W', help: 'erase a word', does: 'erase-word'},
  {keys: ['ctrl-u'], shown: 'Ctrl-U', help: 'erase everything typed', does: 'clear'},
  {keys: ['escape'], shown: 'Esc', help: 'decline, after Enter', hint: 'decline', does: 'back'},
  {
    keys: ['alt-enter'],
    shown: 'Esc Enter',
    help: 'decline, also where both come as Alt-Enter',
    does: 'decline',
  },
];
