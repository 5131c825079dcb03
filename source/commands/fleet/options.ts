import {inputOption} from '../../cli/answer-options.ts';
import {awsOptions, connectionFrom, countFrom} from '../../cli/aws-options.ts';
import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {defined} from '../../data/defined.ts';
import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {FleetLimits} from '../../fleet/events.ts';
import {durationOf, noDuration} from '../../runbook/expression/durations.ts';
import {regionName} from '../../runbook/region-name.ts';
import {notifyOption} from '../../runs/attention/notify-option.ts';
import {gateOptions, overrideOption, policyOption} from '../../runs/gates/gate-options.ts';
import type {FleetAnswers} from '../../runs/fleet/fleet-order.ts';

/** The role of each account, where nothing else is said: Organizations makes it in the accounts that it creates. */
export const defaultRole = 'OrganizationAccountAccessRole';

/** Every option of `handrail fleet`. */
export const fleetOptions: readonly Option[] = [
  {
    name: 'accounts',
    value: 'org or FILE',
    offers: 'files',
    help: 'the accounts: org for those of the organization, the JSON of aws organizations list-accounts, or YAML',
  },
  {
    name: 'ou',
    value: 'PATH',
    multiple: true,
    help: 'take only accounts in this organizational unit or below, such as Workloads/Prod; once for each',
  },
  {
    name: 'tag',
    value: 'KEY=VALUE',
    multiple: true,
    help: 'take only accounts with this tag; with several, those that have all of them',
  },
  {
    name: 'only',
    value: 'ID',
    multiple: true,
    help: 'take only this account, by its id or name; once for each',
  },
  {
    name: 'exclude',
    value: 'ID',
    multiple: true,
    help: 'leave this account out, by its id or name; once for each',
  },
  {name: 'max-accounts', value: 'N', help: 'refuse to begin with more accounts; 50 when left out'},
  {name: 'role', value: 'NAME', help: `the role to take on in each account; ${defaultRole} when left out`},
  {name: 'external-id', value: 'ID', help: 'the external id that these roles want'},
  inputOption,
  {
    name: 'region',
    value: 'NAME',
    multiple: true,
    offers: 'regions',
    help: 'change something only in this Region of each account; once for each',
  },
  {name: 'plan', help: 'look everywhere and show what would be changed; change nothing'},
  {name: 'canary', value: 'N', help: 'accounts in the first wave; 1 when left out'},
  {name: 'wave', value: 'N or N%', help: 'accounts in each later wave; 10% when left out'},
  {
    name: 'tolerate',
    value: 'N',
    help: 'accounts that may fail before no further one is changed; N + 1 are changed at a time; 0 when left out',
  },
  {name: 'soak', value: 'TIME', help: 'time between two waves, such as 15m; none when left out'},
  {
    name: 'max-deleting',
    value: 'N',
    help: 'accounts in which the whole account is being changed at a time; 10 when left out',
  },
  {name: 'looking', value: 'N', help: 'accounts that are looked at at a time; 8 when left out'},
  ...gateOptions,
  overrideOption,
  notifyOption,
  {name: 'confirm', value: 'TEXT', help: 'agree to all waves, by the text that a plan prints'},
  {
    name: 'plan-digest',
    value: 'DIGEST',
    help: 'change nothing unless everything is as in the plan that printed this digest',
  },
  {
    name: 'waive',
    value: 'ACCOUNT/REGION',
    multiple: true,
    help: 'go on without this Region of an account if it cannot be checked; once for each',
  },
  {
    name: 'format',
    value: 'md|html|csv|json',
    offers: ['md', 'html', 'csv', 'json'],
    help: 'of fleet report; md when left out',
  },
  {
    name: 'out',
    value: 'FILE',
    offers: 'files',
    help: 'write the report to this file, readable by you only; for html the folder of its pages',
  },
  policyOption,
  {name: 'yes', help: 'agree to putting back, for fleet undo; it agrees to no wave'},
  {name: 'json', help: 'write one event a line, as JSON, with the account of each'},
  ...awsOptions.filter(({name}) => name === 'profile'),
  {name: 'mfa-code', value: 'CODE', help: 'the code that the MFA device of the profile shows'},
  {
    name: 'max-concurrency',
    value: 'N',
    help: 'calls of the whole fleet under way at the same time; 80 when left out',
  },
  ...awsOptions.filter(({name}) => name === 'max-attempts'),
];

/** How the caller's own keys are found. Throws {@link UsageError}. */
export function baseConnection(args: Arguments, env: NodeJS.ProcessEnv): ConnectionOptions {
  // The external id is that of the accounts' roles, and not of one that is taken on first.
  return connectionFrom(
    {...args, text: (name) => (name === 'external-id' ? undefined : args.text(name))},
    env,
  );
}

/** Returns how the fleet goes about its accounts. Throws {@link UsageError}. */
export function limitsFrom(args: Arguments): FleetLimits {
  return {
    canary: numberFrom(args, 'canary', 1, 1),
    wave: waveFrom(args.text('wave') ?? '10%'),
    tolerate: numberFrom(args, 'tolerate', 0, 0),
    soakSeconds: secondsFrom(args.text('soak') ?? '0s'),
    maxDeleting: numberFrom(args, 'max-deleting', 1, 10),
    looking: numberFrom(args, 'looking', 1, 8),
  };
}

/** Returns the answers that were given in advance. Throws {@link UsageError}. */
export function fleetAnswersFrom(args: Arguments): FleetAnswers {
  const confirm = args.text('confirm');
  const planDigest = args.text('plan-digest');
  if (planDigest !== undefined && !/^[0-9a-f]{64}$/.test(planDigest)) {
    throw new UsageError(`--plan-digest takes the 64 digits that --plan printed, not ${planDigest}`);
  }
  const waive = args.texts('waive');
  const strange = waive.find((one) => !/^\d{12}\/./.test(one) || !regionName.test(one.slice(13)));
  if (strange !== undefined) {
    throw new UsageError(
      `--waive takes an account and a Region, such as 123456789012/eu-west-1, not ${strange}`,
    );
  }
  return {waive, ...defined({confirm, planDigest})};
}

/** More accounts than any organization has. */
const mostAccounts = 100_000;

/** Returns the number of accounts of an option. Throws {@link UsageError}. */
export function numberFrom(args: Arguments, name: string, least: number, otherwise: number): number {
  return countFrom(args, name, mostAccounts, least) ?? otherwise;
}

function waveFrom(text: string): FleetLimits['wave'] {
  const [, digits = '', sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
  const value = Number(digits);
  if (digits !== '' && value >= 1 && (sign === '' || value <= 100)) {
    return sign === '' ? {accounts: value} : {percent: value};
  }
  throw new UsageError(`--wave takes a number of accounts or a part of them, such as 20 or 10%, not ${text}`);
}

function secondsFrom(text: string): number {
  const ms = durationOf(text);
  if (ms !== undefined) return ms / 1000;
  throw new UsageError(`--soak takes a time such as 90s, 15m, 2h or 1d: ${noDuration(text)}`);
}
