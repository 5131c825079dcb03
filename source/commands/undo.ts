import {findRun} from '../journal/find-run.ts';
import {answerOptions, answersFrom, secretOption} from '../cli/answer-options.ts';
import {awsOptions, connectionFrom} from '../cli/aws-options.ts';
import type {Command} from '../cli/command.ts';
import {notifyOption, showingFrom} from '../runs/attention/notify-option.ts';
import {
  gateOptions,
  gatesFrom,
  overrideFrom,
  overrideOption,
  policyOption,
} from '../runs/gates/gate-options.ts';
import {underPolicies} from '../runs/policy/under-policies.ts';
import {execute} from '../runs/start-run.ts';
import {undoOrder} from '../runs/undo-run.ts';
import {latestToUndo} from '../runs/undone-runs.ts';
import {UsageError} from '../cli/usage-error.ts';
import {withView} from '../runs/with-view.ts';

export const undoCommand: Command = {
  name: 'undo',
  purpose: 'put back what a run changed, as a new run',
  usage: '<run or file or latest> [options]',
  options: [
    {name: 'plan', help: 'show what would be put back; change nothing'},
    secretOption,
    ...answerOptions,
    ...gateOptions,
    overrideOption,
    policyOption,
    notifyOption,
    ...awsOptions,
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined || extra !== undefined)
      throw new UsageError('name one run, a journal file, or latest');
    const order = undoOrder({
      file: name === 'latest' ? latestToUndo(process.env) : findRun(name, process.env),
      connection: connectionFrom(args, process.env),
      answers: answersFrom(args),
      inputs: args.texts('input'),
      env: process.env,
    });
    const [gates, override] = [gatesFrom(args), overrideFrom(args)];
    const mode = args.flag('plan') ? ('plan' as const) : ('live' as const);
    const whole = underPolicies({...order, mode, gates, override}, args.text('policy'), process.env);
    return withView(showingFrom(args, process.env), (surroundings) => execute(whole, surroundings));
  },
};
