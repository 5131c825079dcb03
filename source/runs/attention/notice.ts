import type {Json} from '../../data/json.ts';
import type {Question} from '../../engine/model/events.ts';
import type {RunStatus} from '../../engine/model/run-status.ts';
import type {RunState} from '../../engine/model/state.ts';
import {show} from '../../text/show.ts';
import {isStuck} from '../../wording/blocked-help.ts';
import {endText, regionsText} from '../../wording/run-summary.ts';

/** Why somebody is called: a decision waits, the run stands still, it ended, or it stopped before its end. */
type NoticeKind = 'question' | 'standstill' | 'ended' | 'stopped';

/** What a command of the operator's is told, as one line of JSON. */
export interface Notice {
  readonly kind: NoticeKind;
  /** One sentence for a person. */
  readonly text: string;
  /** How the run ended. */
  readonly status?: RunStatus;
  /** Text that the question wants typed. */
  readonly typeToConfirm?: string;
  /** Number of changes that the question is about. */
  readonly changes?: number;
}

/** Returns the notice that a question waits. */
export function noticeOfQuestion(question: Question): Notice {
  if (question.kind === 'code') return {kind: 'question', text: 'An MFA code is needed'};
  const changes = 'changes' in question ? question.changes.length : 0;
  return {
    kind: 'question',
    text: show(`A decision waits: ${question.message.trim()}`),
    ...('typeToConfirm' in question ? {typeToConfirm: question.typeToConfirm} : {}),
    ...(changes === 0 ? {} : {changes}),
  };
}

/** Returns why the run needs somebody in this state and did not in the one before. */
export function noticeOfProgress(before: RunState, after: RunState): Notice | undefined {
  if (after.ended !== undefined)
    return before.ended === undefined
      ? {kind: 'ended', status: after.ended.status, text: endText(after)}
      : undefined;
  if (after.interrupted !== undefined)
    return before.interrupted === undefined ? {kind: 'stopped', text: endText(after)} : undefined;
  if (!standsStill(after) || standsStill(before)) return undefined;
  const text =
    after.paused === undefined
      ? `The run cannot go on without you: ${regionsText(after)}`
      : 'The credentials have ended, and the run waits for new ones';
  return {kind: 'standstill', text};
}

/** Returns the notice with the run that it is about, as data. */
export function noticeLine(notice: Notice, {started}: RunState, at: number): Json {
  return {
    type: 'notice',
    at: new Date(at).toISOString(),
    run: started?.run ?? null,
    runbook: started?.runbook.name ?? null,
    account: started?.identity.account ?? null,
    simulation: started?.simulation ?? null,
    ...notice,
  };
}

function standsStill(state: RunState): boolean {
  return isStuck(state) || state.paused?.why === 'credentials';
}
