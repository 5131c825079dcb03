import {awsOptions, connectionFrom} from '../../cli/aws-options.ts';
import type {Arguments, Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {whyNoApproval} from '../../engine/queries/approvals.ts';
import {findRun} from '../../journal/find-run.ts';
import {canonical, whyNotAbout, bodyOf, type Approval} from '../../runs/approvals/approval.ts';
import {approvalFrom, approvalOption} from '../../runs/approvals/approval-option.ts';
import {asSeenBy} from '../../runs/approvals/approving.ts';
import {approver} from '../../runs/approvals/caller.ts';
import {openQuestion, type OpenQuestion} from '../../runs/approvals/open-question.ts';
import {show} from '../../text/show.ts';
import {askOnce, questionAsLines} from '../../ui/choose-view.ts';
import {noApprovalText} from '../../wording/approval-text.ts';
import {handedIn} from './handed-in.ts';

export const approveCommand: Command = {
  name: 'approve',
  purpose: 'approve the changes of a run that wants more than one person to agree',
  usage: '<run or file or latest> [options]',
  options: [
    {name: 'yes', help: 'approve, where a yes is enough'},
    {name: 'confirm', value: 'TEXT', help: 'approve, where exactly TEXT is to be typed'},
    {name: 'print', help: 'write the approval to standard output, for somebody else to hand in'},
    approvalOption,
    ...awsOptions.filter(({name}) => !name.startsWith('max-')),
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined || extra !== undefined)
      throw new UsageError('name one run, a journal file, or latest');
    const file = findRun(name, process.env);
    const open = openQuestion(file);
    const files = args.texts('approval');
    if (files.length > 0) return handIn(file, open, files);
    const by = await approver(connectionFrom(args, process.env), new AbortController().signal);
    const why = noApprovalText(whyNoApproval(open.state, open.question.approvals, by), by);
    if (why !== undefined) throw new UsageError(why);
    const answer = await answered(args, open, by);
    if (answer === undefined) return exitCodes.needsOperator;
    const body = canonical({...open.body, ...(answer.typed === undefined ? {} : {typed: answer.typed})});
    const approval = {body, by};
    if (args.flag('print')) {
      process.stdout.write(`${JSON.stringify(approval)}\n`);
      return exitCodes.done;
    }
    return handedIn(file, approval);
  },
};

/** Hands in approvals that were given elsewhere. */
async function handIn(
  file: string,
  {question, body}: OpenQuestion,
  names: readonly string[],
): Promise<number> {
  let code: number = exitCodes.done;
  for (const name of names) {
    const approval: Approval = approvalFrom(name);
    const why = whyNotAbout(bodyOf(approval), question, {run: body.run, heads: [body.head]});
    if (why !== undefined) throw new UsageError(`--approval ${name}: ${why}`);
    code = (await handedIn(file, approval)) || code;
  }
  return code;
}

/** Shows the changes and asks for the approval. Undefined where it was not given. */
async function answered(
  args: Arguments,
  {state, question}: OpenQuestion,
  by: string,
): Promise<Extract<Answer, {accepted: true}> | undefined> {
  const wanted = question.kind === 'type-text' ? question.typeToConfirm : undefined;
  const typed = args.text('confirm');
  if (typed !== undefined && typed !== wanted) {
    const instead =
      wanted === undefined ? 'it wants a yes: --yes' : `it wants --confirm ${JSON.stringify(wanted)}`;
    throw new UsageError(`--confirm ${typed} does not fit; ${instead}`);
  }
  if (typed !== undefined || (args.flag('yes') && wanted === undefined)) {
    for (const line of await questionAsLines(state, question)) say(line);
    return {accepted: true, by, ...(typed === undefined ? {} : {typed})};
  }
  const answer = await askOnce(state, asSeenBy(state, question, by), leaveAtOnce, process.env);
  if (answer.accepted) return answer;
  say(
    answer.missing === undefined
      ? 'Not approved. The run still waits; its operator can decline.'
      : `nobody is here to ask: approve with ${answer.missing}`,
  );
  return undefined;
}

function leaveAtOnce(): void {
  process.exit(exitCodes.interrupted);
}

function say(line: string): void {
  process.stderr.write(`${show(line)}\n`);
}
