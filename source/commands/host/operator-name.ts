import {userInfo} from 'node:os';
import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';

/** The option that names the operator: events and reports show the name, and nothing proves it. */
export const nameOption: Option = {
  name: 'as',
  value: 'NAME',
  help: 'your name in the run’s events; the user of this host when left out',
};

/** The name of the operator at this terminal. */
export function operatorName(args: Arguments): string {
  const given = args.text('as');
  if (given !== undefined && given !== '') return given;
  try {
    return userInfo().username;
  } catch {
    // A container that runs under a number.
    return 'someone';
  }
}
