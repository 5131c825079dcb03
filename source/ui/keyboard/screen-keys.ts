import {escapeKeys, type Binding} from './key-table.ts';

/** Closes a screen's help. */
export function closeHelpKey<Screen extends {readonly help: boolean}>(): Binding<
  {readonly screen: Screen},
  {readonly screen: Screen}
> {
  return {
    keys: [...escapeKeys, 'left', '?'],
    shown: 'Esc',
    help: 'go back',
    hint: 'back',
    run: ({screen}) => ({screen: {...screen, help: false}}),
  };
}

/** Suspends the process. */
export function suspendKeyOf<Screen>(): Binding<
  {readonly screen: Screen},
  {readonly screen: Screen; readonly exit: 'suspend'}
> {
  return {
    keys: ['ctrl-z'],
    shown: 'Ctrl-Z',
    help: 'suspend; fg comes back',
    live: true,
    run: ({screen}) => ({screen, exit: 'suspend'}),
  };
}
