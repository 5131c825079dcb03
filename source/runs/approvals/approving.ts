import {setTimeout as sleep} from 'node:timers/promises';
import {defined} from '../../data/defined.ts';
import type {RunQuestion} from '../../engine/model/events.ts';
import type {Approvals} from '../../engine/model/happenings/approval.ts';
import type {Answer, OperatorPort} from '../../engine/model/ports.ts';
import type {RunState} from '../../engine/model/state.ts';
import {whyNoApproval} from '../../engine/queries/approvals.ts';
import {readJournal} from '../../journal/read.ts';
import {noApprovalText} from '../../wording/approval-text.ts';
import {approvalIn, bodyOf, headsOf, whyNotAbout} from './approval.ts';
import {checkedSignature} from './signed-approval.ts';
import {done, left, textOf} from './inbox.ts';

/** Time between two looks for approvals that were left (ms). */
const lookEveryMs = 250;

/** The run whose questions are put. */
interface Asking {
  readonly journal: string;
  readonly state: () => RunState;
  /** The caller, in few words. */
  readonly who: string;
}

/**
 * Lets other people approve what a run asks. What they left beside its journal is taken in, and counts as much as an answer
 * at its terminal. A question that wants approvals waits for them, where nobody can be asked here, too.
 */
export function withApprovals(operator: OperatorPort, asking: Asking): OperatorPort {
  return {
    async ask(question, signal) {
      if (!('approvals' in question) || question.approvals === undefined)
        return operator.ask(question, signal);
      const over = new AbortController();
      const until = AbortSignal.any([signal, over.signal]);
      try {
        return await Promise.race([
          ownAnswer(operator, asking, question, until),
          leftAnswer(asking, question, question.approvals, until),
        ]);
      } finally {
        over.abort();
      }
    },
  };
}

/** Returns a question as a person sees it: it says so where that person's yes would not count. */
export function asSeenBy(state: RunState, question: RunQuestion, who: string): RunQuestion {
  const {approvals} = question;
  const own = approvals === undefined ? undefined : whyNoApproval(state, approvals, who);
  return approvals === undefined || own === undefined
    ? question
    : {...question, approvals: {...approvals, own}};
}

/** The answer of this process's operator. It never comes where nobody can be asked. */
async function ownAnswer(
  operator: OperatorPort,
  {state, who}: Asking,
  question: RunQuestion,
  signal: AbortSignal,
): Promise<Answer> {
  const shown = asSeenBy(state(), question, who);
  const answer = await operator.ask(shown, signal);
  const counts = answer.accepted ? shown.approvals?.own === undefined : answer.missing === undefined;
  return counts ? answer : untilAborted(signal);
}

/** An answer that nobody waits for any more. */
function untilAborted(signal: AbortSignal): Promise<Answer> {
  const withdrawn: Answer = {accepted: false, by: 'nobody'};
  if (signal.aborted) return Promise.resolve(withdrawn);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(withdrawn), {once: true}));
}

/** The first approval that was left and that counts. The others are taken away, each with the reason. */
async function leftAnswer(
  {journal, state}: Asking,
  question: RunQuestion,
  approvals: Approvals,
  signal: AbortSignal,
): Promise<Answer> {
  while (!signal.aborted) {
    for (const name of left(journal)) {
      try {
        const approval = approvalIn(textOf(journal, name));
        const about = bodyOf(approval);
        const read = readJournal(journal);
        const heads = headsOf(read, question.step);
        const wrong = whyNotAbout(about, question, {run: read.run, heads});
        if (wrong !== undefined) throw new Error(wrong);
        const signature = checkedSignature(state(), approval, Date.now());
        const by = signature?.signer ?? approval.by;
        const why = whyNoApproval(state(), approvals, by, signature !== undefined);
        if (why !== undefined) throw new Error(noApprovalText(why, by));
        done(journal, name);
        const typed = about.typed === undefined ? {} : {typed: about.typed};
        return {accepted: true, by, head: about.head, ...typed, ...defined({signature})};
      } catch (error) {
        done(journal, name, error instanceof Error ? error.message : String(error));
      }
    }
    await sleep(lookEveryMs, undefined, {signal}).catch(() => undefined);
  }
  return untilAborted(signal);
}
