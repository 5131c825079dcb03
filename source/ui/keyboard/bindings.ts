import type {Key} from 'ink';

/** Which part of the screen has the keyboard. */
export type Focus = 'run' | 'region' | 'filter' | 'help' | 'question' | 'result' | 'replay' | 'home';

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
  | 'clear'
  | 'keep'
  | 'filter'
  | 'sort'
  | 'problems'
  | 'pause'
  | 'retry'
  | 'retry-all'
  | 'waive'
  | 'skip'
  | 'suspend'
  | 'plan'
  | 'toggle'
  | 'next-event'
  | 'seconds-back'
  | 'seconds-forward'
  | 'previous-step'
  | 'next-step'
  | 'next-failure'
  | 'faster'
  | 'slower'
  | 'tenth';

/** What an operator can steer only at times: a key that needs it is in the line of hints only then. */
export type Ability = 'pause' | 'retry' | 'retry-all' | 'waive' | 'skip';

export interface Binding {
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
  /** The keys in the line of hints, where one hint stands for several bindings. */
  readonly hintKeys?: string;
  readonly needs?: Ability;
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
    action: 'filter',
    keys: ['/'],
    shown: '/',
    where: ['run'],
    does: 'show only Regions with these words in their row',
    hint: 'filter',
  },
  {
    action: 'sort',
    keys: ['s'],
    shown: 's',
    where: ['run'],
    does: 'sort by who needs attention, by name, or by how much is in use',
  },
  {action: 'problems', keys: ['a'], shown: 'a', where: ['run'], does: 'show only problems, or all again'},
  {
    action: 'retry',
    keys: ['r'],
    shown: 'r',
    where: ['run', 'region'],
    does: 'try again what failed: in the chosen Region, or in the account',
    hint: 'try again',
    needs: 'retry',
  },
  {
    action: 'retry-all',
    keys: ['R'],
    shown: 'R',
    where: ['run', 'region'],
    does: 'try again everything that failed',
    hint: 'all',
    needs: 'retry-all',
  },
  {
    action: 'waive',
    keys: ['w'],
    shown: 'w',
    where: ['run', 'region'],
    does: 'go on without a Region that could not be looked at, by typing its name',
    hint: 'waive',
    needs: 'waive',
  },
  {
    action: 'skip',
    keys: ['x'],
    shown: 'x',
    where: ['run', 'region'],
    does: 'skip the step that failed, where the runbook allows it',
    hint: 'skip step',
    needs: 'skip',
  },
  {
    action: 'pause',
    keys: ['p'],
    shown: 'p',
    where: ['run', 'region'],
    does: 'pause: nothing new starts; again: go on',
    hint: 'pause',
    needs: 'pause',
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
    where: ['run', 'region'],
    does: 'stop after the calls under way; the run can be resumed (also Ctrl-C)',
    hint: 'stop, resumable',
  },
  {action: 'leave', keys: ['q', 'ctrl-c'], shown: 'q', where: ['help'], does: 'leave, as without the help'},
  {
    action: 'suspend',
    keys: ['ctrl-z'],
    shown: 'Ctrl-Z',
    where: ['run', 'region', 'filter', 'help', 'question', 'result', 'replay', 'home'],
    does: 'suspend; fg comes back',
  },
  {action: 'up', keys: ['up'], shown: '↑', where: ['filter'], does: 'the Region above'},
  {action: 'down', keys: ['down'], shown: '↓', where: ['filter'], does: 'the Region below'},
  {
    action: 'erase',
    keys: ['backspace'],
    shown: 'Backspace',
    where: ['filter'],
    does: 'take back a character',
  },
  {action: 'clear', keys: ['ctrl-u'], shown: 'Ctrl-U', where: ['filter'], does: 'take back everything typed'},
  {action: 'keep', keys: ['enter'], shown: 'Enter', where: ['filter'], does: 'keep the filter', hint: 'keep'},
  {
    action: 'back',
    keys: ['escape'],
    shown: 'Esc',
    where: ['filter'],
    does: 'show every Region again',
    hint: 'every Region',
  },
  {
    action: 'leave',
    keys: ['ctrl-c'],
    shown: 'Ctrl-C',
    where: ['filter'],
    does: 'stop after the calls under way',
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
    keys: ['enter'],
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
  // A replay takes these before any other. What the line of hints has no room for goes from its start.
  {
    action: 'tenth',
    keys: [...'0123456789'],
    shown: '0–9',
    where: ['replay'],
    does: 'to that tenth of the run',
  },
  {
    action: 'next-event',
    keys: ['.'],
    shown: '.',
    where: ['replay'],
    does: 'pause, and one event on',
    hint: 'event',
  },
  {action: 'slower', keys: ['-'], shown: '-', where: ['replay'], does: 'slower, down to 0.5×'},
  {
    action: 'faster',
    keys: ['+', '='],
    shown: '+',
    where: ['replay'],
    does: 'faster, up to 64×, then as fast as possible',
    hint: 'speed',
    hintKeys: '+ -',
  },
  {
    action: 'next-failure',
    keys: ['f'],
    shown: 'f',
    where: ['replay'],
    does: 'to the next failure',
    hint: 'failure',
  },
  {action: 'previous-step', keys: ['['], shown: '[', where: ['replay'], does: 'to the step before'},
  {
    action: 'next-step',
    keys: [']'],
    shown: ']',
    where: ['replay'],
    does: 'to the next step',
    hint: 'step',
    hintKeys: '[ ]',
  },
  {action: 'seconds-back', keys: ['left'], shown: '←', where: ['replay'], does: 'five seconds back'},
  {
    action: 'seconds-forward',
    keys: ['right'],
    shown: '→',
    where: ['replay'],
    does: 'five seconds on',
    hint: '5 s',
    hintKeys: '← →',
  },
  {
    action: 'toggle',
    keys: [' '],
    shown: 'space',
    where: ['replay'],
    does: 'play or pause; at the end, from the start',
    hint: 'play',
  },
  {action: 'help', keys: ['?'], shown: '?', where: ['replay'], does: 'this help', hint: 'help'},
  {action: 'leave', keys: ['q', 'ctrl-c'], shown: 'q', where: ['replay'], does: 'leave', hint: 'leave'},
  {action: 'up', keys: ['up'], shown: '↑', where: ['home'], does: 'the line above'},
  {action: 'down', keys: ['down'], shown: '↓', where: ['home'], does: 'the line below', hint: 'choose'},
  {action: 'page-up', keys: ['pageup'], shown: 'PgUp', where: ['home'], does: 'a page up'},
  {action: 'page-down', keys: ['pagedown'], shown: 'PgDn', where: ['home'], does: 'a page down'},
  {action: 'first', keys: ['home'], shown: 'Home', where: ['home'], does: 'to the top'},
  {action: 'last', keys: ['end'], shown: 'End', where: ['home'], does: 'to the end'},
  {
    action: 'erase',
    keys: ['backspace'],
    shown: 'Backspace',
    where: ['home'],
    does: 'take back a character of what is looked for',
  },
  {action: 'clear', keys: ['ctrl-u'], shown: 'Ctrl-U', where: ['home'], does: 'look for nothing'},
  {
    action: 'plan',
    keys: ['tab'],
    shown: 'Tab',
    where: ['home'],
    does: 'run a runbook as a plan: look, show what would be changed, change nothing',
    hint: 'only plan it',
  },
  {
    action: 'open',
    keys: ['enter'],
    shown: 'Enter',
    where: ['home'],
    does: 'run the runbook, go on with the run, or watch it again; nothing is changed before you agree',
    hint: 'go',
  },
  {action: 'help', keys: ['?'], shown: '?', where: ['home'], does: 'this help', hint: 'help'},
  {
    action: 'back',
    keys: ['escape'],
    shown: 'Esc',
    where: ['home'],
    does: 'look for nothing; then leave',
    hint: 'leave',
  },
  {action: 'leave', keys: ['ctrl-c'], shown: 'Ctrl-C', where: ['home'], does: 'leave'},
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
  if (key.tab) return 'tab';
  if (key.backspace || key.delete) return 'backspace';
  return input;
}

/** What a key does there, when it does anything. */
export function actionFor(name: string, focus: Focus): Action | undefined {
  return bindings.find((binding) => binding.where.includes(focus) && binding.keys.includes(name))?.action;
}
