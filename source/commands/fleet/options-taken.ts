import type {Arguments} from '../../cli/command.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {notifyOption} from '../../runs/attention/notify-option.ts';
import {fleetOptions} from './options.ts';

const keys = ['profile', 'mfa-code', 'max-concurrency', 'max-attempts'];
const rules = ['ticket', 'window', 'override', 'policy'];
const shown = ['json', notifyOption.name];

/** Options of each command of `handrail fleet`; a runbook takes all of them but those of a report. */
const taken: Readonly<Record<string, readonly string[]>> = {
  accounts: ['accounts', 'ou', 'tag', 'only', 'exclude', 'policy', ...keys],
  resume: ['confirm', 'plan-digest', 'waive', ...rules, ...shown, ...keys],
  report: ['format', 'out'],
  undo: ['only', 'plan', 'confirm', 'yes', ...rules, ...shown, ...keys],
  verify: [],
};

const ofReports = ['format', 'out'];

/**
 * Throws {@link UsageError} for an option that would be passed over: with `--ou`, an undo of every account is not what was
 * meant.
 */
export function refusePassedOver(what: string, args: Arguments): void {
  const known = Object.hasOwn(taken, what) ? taken[what] : undefined;
  const strange = fleetOptions.find(({name, value, multiple}) => {
    const isTaken = known === undefined ? !ofReports.includes(name) : known.includes(name);
    if (isTaken) return false;
    if (value === undefined) return args.flag(name);
    return multiple === true ? args.texts(name).length > 0 : args.text(name) !== undefined;
  });
  if (strange === undefined) return;
  const those = known?.map((name) => `--${name}`).join(', ');
  const takes = known === undefined ? '' : known.length === 0 ? '; it takes none' : `; it takes ${those}`;
  throw new UsageError(`fleet ${known === undefined ? 'RUNBOOK' : what} takes no --${strange.name}${takes}`);
}
