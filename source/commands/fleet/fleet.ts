import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {namedRegions} from '../../cli/aws-options.ts';
import type {Arguments, Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {showingFrom} from '../../runs/attention/notify-option.ts';
import {gatesFrom, overrideFrom} from '../../runs/gates/gate-options.ts';
import {refuseIdleOverride, refuseNeverOpen} from '../../runs/gates/overriding.ts';
import {accountLabel, type Account} from '../../fleet/account.ts';
import {policiesFor, policyOf, type FoundPolicy} from '../../runs/policy/find-policies.ts';
import {show} from '../../text/show.ts';
import {padEnd, width} from '../../text/width.ts';
import type {View} from '../../ui/view.ts';
import {lineWriter} from '../../ui/terminal/line-writer.ts';
import {accountsFrom} from './account-list.ts';
import {refusePassedOver} from './options-taken.ts';
import {
  baseConnection,
  defaultRole,
  fleetAnswersFrom,
  fleetOptions,
  limitsFrom,
  numberFrom,
} from './options.ts';

export const fleetCommand: Command = {
  name: 'fleet',
  purpose: 'step through a runbook in many accounts, wave by wave',
  usage: '<runbook, accounts, resume, report, undo or verify> [fleet] [options]',
  options: fleetOptions,
  async run(args) {
    const [what, named, extra] = args.positionals;
    if (what === undefined) {
      throw new UsageError('name a runbook, or accounts, resume, report, undo or verify');
    }
    const action = actions[what];
    if (extra !== undefined) throw new UsageError(`one fleet at a time: ${extra} is too much`);
    refusePassedOver(what, args);
    if (action !== undefined) return action(args, named);
    if (named !== undefined) throw new UsageError(`one runbook at a time: ${named} is too much`);
    return begin(what, args);
  },
};

type Action = (args: Arguments, fleet: string | undefined) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  accounts: async (args, named) => {
    if (named !== undefined)
      throw new UsageError(`fleet accounts takes no ${named}: name the accounts with --accounts`);
    const {accounts, skipped} = await withBaseKeys(args, (connection) =>
      accountsFrom(args, connection, policiesFor('', args.text('policy'), process.env)),
    );
    const lines = [
      ...accountLines(accounts),
      ...skipped.map(({account, why}) => `– ${accountLabel(account)}: left alone, ${why}`),
      `${accounts.length} to visit, ${skipped.length} left alone`,
    ];
    lineWriter(process.env)(`${lines.map(show).join('\n')}\n`);
    return exitCodes.done;
  },
  resume: async (args, fleet) => {
    const [{findFleet}, {resumeFleet}, {withFleetView}] = await Promise.all([
      import('../../runs/fleet/fleet-journal.ts'),
      import('../../runs/fleet/start-fleet.ts'),
      import('../../runs/fleet/with-fleet-view.ts'),
    ]);
    if (gatesFrom(args) !== undefined) {
      throw new UsageError(
        '--ticket, --window and --calendar were settled when the fleet began; --override does not wait',
      );
    }
    const file = findFleet(fleet ?? 'latest', process.env);
    const given = {
      file,
      answers: fleetAnswersFrom(args),
      override: overrideFrom(args),
      policies: policiesIn(args),
    };
    const go = (connection: ConnectionOptions): Promise<number> =>
      withFleetView(showingFrom(args, process.env), (around) => resumeFleet({...given, connection}, around));
    return withBaseKeys(args, go, await profileOf(file));
  },
  report: async (args, fleet) => {
    const {reportFleet} = await import('./report-fleet.ts');
    return reportFleet(args, fleet ?? 'latest', process.env);
  },
  undo: async (args, fleet) => {
    if (fleet === undefined) throw new UsageError('name the fleet to take back, or latest');
    const [{findFleet}, {undoFleet}, {execute}, {withView}, {underPolicies}] = await Promise.all([
      import('../../runs/fleet/fleet-journal.ts'),
      import('../../runs/fleet/undo-fleet.ts'),
      import('../../runs/start-run.ts'),
      import('../../runs/with-view.ts'),
      import('../../runs/policy/under-policies.ts'),
    ]);
    const mode = args.flag('plan') ? ('plan' as const) : ('live' as const);
    const confirm = args.text('confirm');
    const gates = gatesFrom(args);
    const override = overrideFrom(args);
    const showing = showingFrom(args, process.env);
    const file = findFleet(fleet, process.env);
    const undone = (connection: ConnectionOptions): Promise<number> =>
      undoFleet({
        file,
        only: args.texts('only'),
        connection,
        ticket: gates?.ticket,
        answers: {
          yes: args.flag('yes'),
          confirm: confirm === undefined ? [] : [confirm],
          everything: false,
          waive: [],
        },
        env: process.env,
        say: (line) => void process.stderr.write(`${show(line)}\n`),
        undo: async (order, again) => {
          const whole = underPolicies({...order, mode, gates, override}, args.text('policy'), process.env);
          return withView(showing, (around) =>
            execute(whole, {...around, view: goneOnWith(around.view, again)}),
          );
        },
      });
    return withBaseKeys(args, undone, await profileOf(file));
  },
  verify: async (_args, fleet) => {
    const {verifiedFleet} = await import('./verify-fleet.ts');
    const {lines, isWhole} = verifiedFleet(fleet ?? 'latest', process.env);
    process.stdout.write(`${lines.map(show).join('\n')}\n`);
    return isWhole ? exitCodes.done : exitCodes.failed;
  },
};

/** An account a line, with its unit and tags: the filters go by them. */
function accountLines(accounts: readonly Account[]): readonly string[] {
  const widest = Math.max(0, ...accounts.map((account) => width(show(accountLabel(account)))));
  return accounts.map((account) => {
    const {ou = '', tags = {}} = account;
    const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
    const facts = [ou, tagged.join(', ')].filter((fact) => fact !== '');
    return `  ${[padEnd(show(accountLabel(account)), widest), ...facts].join('  ').trimEnd()}`;
  });
}

/** The view, whose last words name the command that enters the account: its own keys are not those of the environment. */
function goneOnWith(view: View, again: string): View {
  return {
    ...view,
    close: (last) =>
      view.close(last.next?.startsWith('handrail resume') === true ? {...last, next: again} : last),
  };
}

/** The profile that the operator's defaults gave a fleet when it began. */
async function profileOf(file: string): Promise<string | undefined> {
  const [{evolveFleetAll}, {readFleet}] = await Promise.all([
    import('../../fleet/evolve.ts'),
    import('../../runs/fleet/fleet-journal.ts'),
  ]);
  return evolveFleetAll(readFleet(file).events).started?.defaults?.profile;
}

/**
 * Does some work with the caller's keys, which are looked for once, however many accounts they open. `profile` is that of the
 * operator's defaults.
 */
async function withBaseKeys<T>(
  args: Arguments,
  work: (connection: ConnectionOptions) => Promise<T>,
  profile?: string,
): Promise<T> {
  const [{sharedWay}, {withProfile}] = await Promise.all([
    import('../../aws/connection/shared-way.ts'),
    import('../../runs/defaults/profile-of-run.ts'),
  ]);
  const way = sharedWay(withProfile(profile, baseConnection(args, process.env)));
  try {
    return await work(way.options);
  } finally {
    way.close();
  }
}

/** Finds the policies to keep to, by the runbook's file. */
function policiesIn(args: Arguments): (runbook: string) => readonly FoundPolicy[] {
  return (runbook) => policiesFor(runbook, args.text('policy'), process.env);
}

async function begin(name: string, args: Arguments): Promise<number> {
  if (args.flag('yes')) {
    throw new UsageError('--yes agrees to no wave: give --confirm with the text that --plan prints');
  }
  const limits = limitsFrom(args);
  const gates = gatesFrom(args);
  const override = overrideFrom(args);
  const showing = showingFrom(args, process.env);
  const [{findRunbook}, {refuseCrowd, refuseFleet}] = await Promise.all([
    import('../../runs/runbooks/find-runbook.ts'),
    import('../../runs/policy/refusals.ts'),
  ]);
  const loaded = findRunbook(name);
  const mode = args.flag('plan') ? ('plan' as const) : ('live' as const);
  const regions = namedRegions(args.texts('region'));
  const policies = policiesIn(args)(loaded.file);
  refuseFleet(policies, loaded, {mode, regions, ticket: gates?.ticket});
  refuseIdleOverride(override, gates, policyOf(policies));
  refuseNeverOpen(gates, policyOf(policies));
  const {defaultsFor} = await import('../../runs/defaults/with-defaults.ts');
  const defaults = defaultsFor(loaded.runbook.name, baseConnection(args, process.env), process.env);
  const overAccounts = async (connection: ConnectionOptions): Promise<number> => {
    const chosen = await accountsFrom(args, connection, policies);
    const most = numberFrom(args, 'max-accounts', 1, 50);
    if (chosen.accounts.length > most) {
      throw new UsageError(
        `${chosen.accounts.length} accounts are more than ${most}; --max-accounts ${chosen.accounts.length} begins with all of them`,
      );
    }
    refuseCrowd(policies, chosen.accounts.length);
    if (chosen.accounts.length === 0) throw new UsageError('no account is left to visit');
    const [{inputValues}, {inputSources}, {executeFleet}, {withFleetView}] = await Promise.all([
      import('../../runbook/inputs.ts'),
      import('../../runs/answers/input-sources.ts'),
      import('../../runs/fleet/start-fleet.ts'),
      import('../../runs/fleet/with-fleet-view.ts'),
    ]);
    const externalId = args.text('external-id');
    const order = {
      loaded,
      inputs: inputValues(loaded.runbook, args.texts('input'), inputSources(process.env)),
      mode,
      regions,
      policies,
      limits,
      chosen,
      role: args.text('role') ?? defaultRole,
      ...(externalId === undefined ? {} : {externalId}),
      connection,
      answers: fleetAnswersFrom(args),
      gates,
      override,
      defaults,
    };
    return withFleetView(showing, (around) => executeFleet(order, around));
  };
  return withBaseKeys(args, overAccounts, defaults?.profile);
}
