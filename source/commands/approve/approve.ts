import {awsOptions, connectionFrom} from '../../cli/aws-options.ts';
import type {Arguments, Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {whyNoApproval} from '../../engine/queries/approvals.ts';
import {findRun} from '../../journal/find-run.ts';
import {canonical, whyNotAbout, bodyOf, type Approval} from '../../runs/approvals/approval.ts';
import {approvalFrom, approvalOption} from '../../runs/approvals/approval-option.ts';
import {approver} from '../../runs/approvals/caller.ts';
import {checkedSignature} from '../../runs/approvals/signed-approval.ts';
import {NoSignature, signedText} from '../../runs/approvals/ssh-signature.ts';
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
    {
      name: 'sign',
      value: 'KEY',
      offers: 'files',
      help: 'sign it with this SSH key: of a file, of the agent, or on a FIDO device',
    },
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
    const key = args.text('sign');
    const approval = key === undefined ? await plain(args, open) : await signed(args, open, key);
    if (approval === undefined) return exitCodes.needsOperator;
    if (args.flag('print')) {
      process.stdout.write(`${JSON.stringify(approval)}\n`);
      return exitCodes.done;
    }
    return handedIn(file, approval);
  },
};

/** An approval by the name that AWS has for this caller. Undefined where it was not given. */
async function plain(args: Arguments, open: OpenQuestion): Promise<Approval | undefined> {
  if (open.question.approvals.signed === true) throw new UsageError(noApprovalText('unsigned', ''));
  const by = await approver(connectionFrom(args, process.env), new AbortController().signal);
  refuseWhere(open, by, false);
  const answer = await answered(args, open, by);
  return answer === undefined ? undefined : {body: bodyWith(open, answer), by};
}

/** An approval by the name that the allowed signers have for the key. AWS is not asked. */
async function signed(args: Arguments, open: OpenQuestion, key: string): Promise<Approval | undefined> {
  const answer = await answered(args, open, 'signed');
  if (answer === undefined) return undefined;
  const body = bodyWith(open, answer);
  try {
    const signature = await signedText(body, key);
    const by = checkedSignature(open.state, {body, signature}, Date.now())?.signer ?? '';
    refuseWhere(open, by, true);
    return {body, by, signature};
  } catch (error) {
    if (error instanceof NoSignature) throw new UsageError(`--sign ${key}: ${error.message}`);
    throw error;
  }
}

function bodyWith({body}: OpenQuestion, {typed}: {readonly typed?: string}): string {
  return canonical({...body, ...(typed === undefined ? {} : {typed})});
}

function refuseWhere({state, question}: OpenQuestion, by: string, isSigned: boolean): void {
  const why = noApprovalText(whyNoApproval(state, question.approvals, by, isSigned), by);
  if (why !== undefined) throw new UsageError(why);
}

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
  const answer = await askOnce(state, question, leaveAtOnce, process.env);
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
