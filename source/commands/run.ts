import {answerOptions, answersFrom, inputOption} from '../cli/answer-options.ts';
import {awsOptions, connectionFrom, namedRegions} from '../cli/aws-options.ts';
import type {Command} from '../cli/command.ts';
import {notifyOption, showingFrom} from '../runs/attention/notify-option.ts';
import {
  gateOptions,
  gatesFrom,
  overrideFrom,
  overrideOption,
  policyOption,
} from '../runs/gates/gate-options.ts';
import {shippedRunbooks} from '../runs/runbooks/shipped-files.ts';
import {askingForInputs} from './runbooks/asking-for-inputs.ts';
import {UsageError} from '../cli/usage-error.ts';
import {withOrder} from '../runs/start-with-view.ts';

export const runCommand: Command = {
  name: 'run',
  purpose: 'step through a runbook against AWS',
  usage: '<runbook name or file> [options]',
  options: [
    inputOption,
    {
      name: 'region',
      value: 'NAME',
      multiple: true,
      offers: 'regions',
      help: 'change something only in this Region; once for each. The others are checked where the whole account is changed',
    },
    {
      name: 'only-region',
      value: 'NAME',
      multiple: true,
      offers: 'regions',
      help: 'look only at this Region; the others stay unknown, at your risk',
    },
    {name: 'plan', help: 'look and show what would be changed; change nothing'},
    ...answerOptions,
    ...gateOptions,
    overrideOption,
    policyOption,
    notifyOption,
    ...awsOptions,
  ],
  async about(name) {
    const [{findRunbook}, {inputsText}] = await Promise.all([
      import('../runs/runbooks/find-runbook.ts'),
      import('./runbooks/inputs-text.ts'),
    ]);
    const {runbook} = findRunbook(name);
    const inputs = inputsText(runbook);
    return `Inputs of ${runbook.name}:${inputs === '' ? ' none\n' : `\n${inputs}`}`;
  },
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined) {
      throw new UsageError(`name a runbook or its file; there are: ${shippedRunbooks().join(', ')}`);
    }
    if (extra !== undefined) throw new UsageError(`one runbook at a time: ${extra} is too much`);
    const given = {
      mode: args.flag('plan') ? ('plan' as const) : ('live' as const),
      simulation: false,
      regions: namedRegions(args.texts('region')),
      onlyRegions: namedRegions(args.texts('only-region')),
      connection: connectionFrom(args, process.env),
      answers: answersFrom(args),
      gates: gatesFrom(args),
      override: overrideFrom(args),
    };
    if (given.regions.length > 0 && given.onlyRegions.length > 0) {
      throw new UsageError('give --region or --only-region, not both');
    }
    const showing = showingFrom(args, process.env);
    return askingForInputs(showing, (typed) =>
      withOrder(showing, async () => {
        const [{readyRunbook}, {inputValues}, {inputSources}] = await Promise.all([
          import('../runs/runbooks/prebuilt-runbooks.ts'),
          import('../runbook/inputs.ts'),
          import('../runs/answers/input-sources.ts'),
        ]);
        const loaded =
          readyRunbook(name) ?? (await import('../runs/runbooks/find-runbook.ts')).findRunbook(name);
        const sources = inputSources(process.env);
        const inputs = inputValues(loaded.runbook, [...args.texts('input'), ...typed.pairs], {
          ...sources,
          secret: (input, pointer) => typed.secrets.get(input) ?? sources.secret(input, pointer),
        });
        const [{withDefaults}, {underPolicies}] = await Promise.all([
          import('../runs/defaults/with-defaults.ts'),
          import('../runs/policy/under-policies.ts'),
        ]);
        const order = withDefaults({...given, loaded, inputs}, process.env);
        return underPolicies(order, args.text('policy'), process.env);
      }),
    );
  },
};
