import {UsageError} from '../../cli/usage-error.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {RunQuestion} from '../../engine/model/events.ts';
import type {Approvals} from '../../engine/model/happenings/approval.ts';
import type {RunState} from '../../engine/model/state.ts';
import {changesDigest} from '../../engine/queries/approvals.ts';
import {readJournal} from '../../journal/read.ts';
import {headsOf, type ApprovalBody} from './approval.ts';

/** A run's question that waits for approvals. */
export interface OpenQuestion {
  readonly state: RunState;
  readonly question: RunQuestion & {readonly approvals: Approvals};
  /** What an approval of it says, but for the text that is typed. */
  readonly body: ApprovalBody;
}

/** Returns what a run asks other people now. Throws {@link UsageError} where it asks for no approval, and CorruptJournal. */
export function openQuestion(file: string): OpenQuestion {
  const journal = readJournal(file);
  const state = evolveAll(initialState, journal.events);
  const {run} = journal;
  const question = state.question;
  if (question === undefined)
    throw new UsageError(`run ${run} asks nothing now; handrail watch ${run} follows it`);
  const {approvals, step, changes} = question;
  if (approvals === undefined)
    throw new UsageError(`run ${run} asks its own operator: no other person's approval is wanted`);
  const head = headsOf(journal, step).at(-1) ?? '';
  const body = {run, head, step, digest: changesDigest(changes), changes: changes.length};
  return {state, question: {...question, approvals}, body};
}
