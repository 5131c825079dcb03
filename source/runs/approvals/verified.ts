import {evolve, initialState} from '../../engine/evolve/evolve.ts';
import type {Approved} from '../../engine/model/happenings/approval.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Journal} from '../../journal/read.ts';
import {recordHashes} from '../../journal/record-hashes.ts';
import {bodyOf} from './approval.ts';
import {checkedSignature} from './signed-approval.ts';

/** A signed approval of a journal, and why it does not hold, if so. */
export interface VerifiedSignature {
  readonly approval: Approved & {readonly at: number};
  readonly problem?: string;
}

/** Checks every signature in a journal again: by the keys that were allowed then, at the time of the approval. */
export function verifiedSignatures(journal: Journal): readonly VerifiedSignature[] {
  const hashes = recordHashes(journal.file);
  const found: VerifiedSignature[] = [];
  let state: RunState = initialState;
  for (const [index, event] of journal.events.entries()) {
    if (event.type === 'approved' && event.signature !== undefined) {
      const asked = journal.events
        .slice(0, index)
        .flatMap((one, at) =>
          one.type === 'asked' && one.question.step === event.step ? (hashes[at] ?? []) : [],
        );
      const problem = problemOf(state, event, {run: journal.run, asked});
      found.push({approval: event, ...(problem === undefined ? {} : {problem})});
    }
    state = evolve(state, event);
  }
  return found;
}

function problemOf(
  state: RunState,
  {at, by, step, digest, changes, typed, signature}: VerifiedSignature['approval'],
  {run, asked}: {readonly run: string; readonly asked: readonly string[]},
): string | undefined {
  if (signature === undefined) return undefined;
  try {
    const checked = checkedSignature(state, signature, at);
    const body = bodyOf({body: signature.body, by});
    const same =
      body.run === run &&
      body.step === step &&
      body.digest === digest &&
      body.changes === changes &&
      body.typed === typed &&
      asked.includes(body.head);
    if (!same) return 'what was signed is not what the journal says';
    return checked?.signer === by && checked.key === signature.key
      ? undefined
      : `it is the signature of ${checked?.signer}, ${checked?.key}`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}
