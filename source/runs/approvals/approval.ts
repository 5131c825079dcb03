import {z} from 'zod';
import type {RunQuestion} from '../../engine/model/events.ts';
import {changesDigest} from '../../engine/queries/approvals.ts';
import type {Journal} from '../../journal/read.ts';
import {recordHashes} from '../../journal/record-hashes.ts';

const body = z.strictObject({
  /** Number of the changes. */
  changes: z.int(),
  digest: z.string(),
  head: z.string(),
  run: z.string(),
  step: z.string(),
  typed: z.string().optional(),
});

/** What is approved: exactly these changes, at one moment of one run. */
export type ApprovalBody = z.output<typeof body>;

const approval = z.strictObject({
  /** The canonical JSON of what is approved. */
  body: z.string().max(4096),
  by: z.string().min(1).max(300),
  signature: z.string().max(16_384).optional(),
});

/** An approval as it is handed over in a file. */
export type Approval = z.output<typeof approval>;

/** Most bytes of an approval's file. */
export const mostBytes = 65_536;

/** Reads an approval. Throws an error that says in words why it is none. */
export function approvalIn(text: string): Approval {
  try {
    return approval.parse(JSON.parse(text));
  } catch {
    throw new Error('it is no approval, as handrail approve writes them');
  }
}

/** Returns the one form of what is approved: members in order, no spaces. */
export function canonical({changes, digest, head, run, step, typed}: ApprovalBody): string {
  return JSON.stringify({changes, digest, head, run, step, ...(typed === undefined ? {} : {typed})});
}

/** Returns what an approval is about. Throws an error that says why it is about nothing. */
export function bodyOf({body: text}: Approval): ApprovalBody {
  try {
    const read = body.parse(JSON.parse(text));
    if (canonical(read) === text) return read;
  } catch {
    // It is said below.
  }
  throw new Error('it is no approval, as handrail approve writes them');
}

/** The hashes of the records by which a journal's run asked at a step. */
export function headsOf({file, events}: Pick<Journal, 'file' | 'events'>, step: string): readonly string[] {
  const hashes = recordHashes(file);
  return events.flatMap((event, index) =>
    event.type === 'asked' && event.question.step === step ? (hashes[index] ?? []) : [],
  );
}

/** Returns why an approval is not about a run's open question; undefined when it is. */
export function whyNotAbout(
  {run, step, digest, changes, typed, head}: ApprovalBody,
  question: RunQuestion,
  asked: {readonly run: string; readonly heads: readonly string[]},
): string | undefined {
  if (run !== asked.run) return `it is for run ${run}`;
  if (step !== question.step) return `it is for step ${step}, and step ${question.step} asks now`;
  if (digest !== changesDigest(question.changes)) return 'the changes are others by now: it is void';
  if (changes !== question.changes.length)
    return `it says ${changes} changes, and there are ${question.changes.length}`;
  if (!asked.heads.includes(head)) return 'the journal has no such moment';
  if (question.kind === 'type-text' && typed !== question.typeToConfirm)
    return `it does not have the text that is to be typed, ${question.typeToConfirm}`;
  return undefined;
}
