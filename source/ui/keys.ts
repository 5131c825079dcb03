import type {Key} from 'ink';

/** Which part of the screen has the keyboard. */
export type Focus = 'run' | 'region' | 'help' | 'question' | 'result';

export type Action =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'help'
  | 'leave'
  | 'submit'
  | 'erase'
  | 'clear';

interface Binding {
  readonly action: Action;
  /** Names of the keys, as `keyName` gives them. */
  readonly keys: readonly string[];
  /** How the keys are written in help and hints. */
  readonly shown: string;
  readonly where: readonly Focus[];
  /** What it does, for the help. */
  readonly does: string;
  /** The word in the line of hints; absent: only the help names it. */
  readonly hint?: string;
}

/** Every key of the run screen. The help, the line of hints and the keyboard itself all come from here. */
export const bindings: readonly Binding[] = [
  {action: 'up', keys: ['up', 'k'], shown: '↑ k', where: ['run'], does: 'the Region above'},
  {
    action: 'down',
    keys: ['down', 'j'],
    shown: '↓ j',
    where: ['run'],
    does: 'the Region below',
    hint: 'Region',
  },
  {action: 'up', keys: ['up', 'k'], shown: '↑ k', where: ['region', 'help', 'result'], does: 'scroll up'},
  {
    action: 'down',
    keys: ['down', 'j'],
    shown: '↓ j',
    where: ['region', 'help', 'result'],
    does: 'scroll down',
    hint: 'scroll',
  },
  {
    action: 'page-up',
    keys: ['pageup'],
    shown: 'PgUp',
    where: ['run', 'region', 'help', 'result'],
    does: 'a page up',
  },
  {
    action: 'page-down',
    keys: ['pagedown'],
    shown: 'PgDn',
    where: ['run', 'region', 'help', 'result'],
    does: 'a page down',
  },
  {
    action: 'first',
    keys: ['home', 'g'],
    shown: 'Home g',
    where: ['run', 'region', 'help', 'result'],
    does: 'to the top',
  },
  {
    action: 'last',
    keys: ['end', 'G'],
    shown: 'End G',
    where: ['run', 'region', 'help', 'result'],
    does: 'to the end',
  },
  {
    action: 'open',
    keys: ['enter', 'right'],
    shown: 'Enter',
    where: ['run'],
    does: 'open the Region',
    hint: 'open',
  },
  {
    action: 'back',
    keys: ['escape', 'left'],
    shown: 'Esc',
    where: ['region', 'help'],
    does: 'go back',
    hint: 'back',
  },
  {
    action: 'back',
    keys: ['escape', 'left'],
    shown: 'Esc',
    where: ['run'],
    does: 'choose none; when the run has ended, back to the result',
  },
  {
    action: 'help',
    keys: ['?'],
    shown: '?',
    where: ['run', 'region', 'result'],
    does: 'this help',
    hint: 'help',
  },
  {
    action: 'leave',
    keys: ['q', 'ctrl-c'],
    shown: 'q',
    where: ['run', 'region', 'help'],
    does: 'stop after the calls under way; the run can be resumed (also Ctrl-C)',
    hint: 'stop, resumable',
  },
  {action: 'up', keys: ['up'], shown: '↑', where: ['question'], does: 'scroll the changes up'},
  {
    action: 'down',
    keys: ['down'],
    shown: '↓',
    where: ['question'],
    does: 'scroll the changes down',
    hint: 'scroll',
  },
  {action: 'page-up', keys: ['pageup'], shown: 'PgUp', where: ['question'], does: 'a page up'},
  {action: 'page-down', keys: ['pagedown'], shown: 'PgDn', where: ['question'], does: 'a page down'},
  {
    action: 'submit',
    keys: ['enter'],
    shown: 'Enter',
    where: ['question'],
    does: 'send what was typed; alone it does nothing',
  },
  {
    action: 'erase',
    keys: ['backspace'],
    shown: 'Backspace',
    where: ['question'],
    does: 'take back a character',
  },
  {
    action: 'clear',
    keys: ['ctrl-u'],
    shown: 'Ctrl-U',
    where: ['question'],
    does: 'take back everything typed',
  },
  {
    action: 'back',
    keys: ['escape'],
    shown: 'Esc',
    where: ['question'],
    does: 'decline, after Enter',
    hint: 'decline',
  },
  {
    action: 'leave',
    keys: ['ctrl-c'],
    shown: 'Ctrl-C',
    where: ['question'],
    does: 'stop without an answer',
    hint: 'stop, resumable',
  },
  {
    action: 'open',
    keys: ['enter', 'r'],
    shown: 'Enter',
    where: ['result'],
    does: 'look at the Regions',
    hint: 'Regions',
  },
  {
    action: 'leave',
    keys: ['q', 'ctrl-c'],
    shown: 'q',
    where: ['result'],
    does: 'leave; the summary stays',
    hint: 'leave',
  },
];

/** The name of a pressed key, as the table writes it. */
export function keyName(input: string, key: Key): string {
  if (key.ctrl) return `ctrl-${input}`;
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.backspace || key.delete) return 'backspace';
  return input;
}

/** What a key does there, when it does anything. */
export function actionFor(name: string, focus: Focus): Action | undefined {
  return bindings.find((binding) => binding.where.includes(focus) && binding.keys.includes(name))?.action;
}
