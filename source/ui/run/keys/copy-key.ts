import type {Binding} from '../../keyboard/key-table.ts';
import {byHand} from '../../../wording/by-hand.ts';
import type {Moment, Outcome} from '../run-screen-state.ts';

/** The command of the first refused change: of the chosen Region, else of the account. */
function commandOf({screen, shown}: Moment): string | undefined {
  const {account, lanes} = shown.state;
  const chosen = lanes.get(screen.selected ?? '');
  return (chosen === undefined ? undefined : byHand(chosen)[0]) ?? byHand(account)[0];
}

/** Copies the command that makes a refused change by hand. */
export const copyKey: Binding<Moment, Outcome> = {
  keys: ['c'],
  shown: 'c',
  help: 'copy the command that makes a refused change by hand, where the terminal has a clipboard (OSC 52)',
  hint: 'copy',
  enabled: (moment) => commandOf(moment) !== undefined,
  run(moment) {
    const copy = commandOf(moment);
    const {screen} = moment;
    if (copy === undefined) return {screen: {...screen, notice: 'AWS refused no change here.'}};
    return {screen: {...screen, notice: 'Sent to the terminal’s clipboard.'}, copy};
  },
};
