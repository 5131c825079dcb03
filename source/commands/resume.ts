import {findRun} from '../journal/find-run.ts';
import {answerOptions, answersFrom, secretOption} from '../cli/answer-options.ts';
import {awsOptions, connectionFrom} from '../cli/aws-options.ts';
import type {Command} from '../cli/command.ts';
import {approvalFrom, approvalOption} from '../runs/approvals/approval-option.ts';
import {leave} from '../runs/approvals/inbox.ts';
import {notifyOption, showingFrom} from '../runs/attention/notify-option.ts';
import {overrideFrom, overrideOption, policyOption} from '../runs/gates/gate-options.ts';
import {policiesFor} from '../runs/policy/find-policies.ts';
import {resume} from '../runs/resume-run.ts';
import {listRuns} from '../runs/list-runs.ts';
import {UsageError} from '../cli/usage-error.ts';
import {withView} from '../runs/with-view.ts';

export const resumeCommand: Command = {
  name: 'resume',
  purpose: 'go on with a run that was interrupted, blocked or failed',
  usage: '[run] [options]',
  options: [
    secretOption,
    ...answerOptions,
    overrideOption,
    policyOption,
    approvalOption,
    notifyOption,
    ...awsOptions,
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`one run at a time: ${extra} is too much`);
    const file = name === undefined ? newestUnfinished(process.env) : findRun(name, process.env);
    for (const approval of args.texts('approval')) leave(file, approvalFrom(approval));
    const order = {
      file,
      connection: connectionFrom(args, process.env),
      answers: answersFrom(args),
      inputs: args.texts('input'),
      override: overrideFrom(args),
      policies: (runbook: string) => policiesFor(runbook, args.text('policy'), process.env),
    };
    return withView(showingFrom(args, process.env), (surroundings) => resume(order, surroundings));
  },
};

function newestUnfinished(env: NodeJS.ProcessEnv): string {
  const unfinished = listRuns(env).find(({status}) => status === 'can be resumed');
  if (unfinished !== undefined) return unfinished.file;
  throw new UsageError('there is no run to go on with; handrail runs lists them all');
}
