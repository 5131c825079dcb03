import type {Action} from '../../../runbook/language/actions/actions.ts';
import type {WaitUntil} from '../../../runbook/language/actions/wait-until.ts';
import type {Runbook} from '../../../runbook/language/schema.ts';
import {defined} from '../../../data/defined.ts';
import type {Json} from '../../../data/json.ts';
import type {AnswerEntry} from '../language.ts';

type Recorded = NonNullable<AnswerEntry['recorded']>;

/** Answer of a step whose answers are recorded: what its expressions gave, and not what they were worked out from. */
export function recordedAnswer(recorded: Recorded): {readonly [member: string]: Json} {
  if ('waiting' in recorded) return {recorded: 'waiting', output: null};
  if ('more' in recorded) return {};
  if ('failed' in recorded)
    return {recorded: 'failed', reason: recorded.failed, usage: (recorded.usage ?? []).map(defined)};
  return {recorded: 'reached', output: 'output' in recorded ? (recorded.output as Json) : null};
}

/** The runbook, with steps that take recorded outputs as they are. */
export function withRecordedSteps(runbook: Runbook, entries: readonly AnswerEntry[]): Runbook {
  const recorded = new Set(
    entries.flatMap(({recorded: has, step}) => (has === undefined || 'fault' in has ? [] : [step])),
  );
  if (recorded.size === 0) return runbook;
  return {
    ...runbook,
    steps: runbook.steps.map((step) =>
      recorded.has(step.id) ? {...step, action: takingRecorded(step.action)} : step,
    ),
  };
}

const output = '${{ output }}';

function takingRecorded(action: Action): Action {
  switch (action.kind) {
    case 'call':
      return {...action, output};
    case 'update':
      return {...action, resource: output};
    case 'waitUntil':
      return {
        ...action,
        output,
        acceptors: [...decidedBefore, ...action.acceptors.filter(({matcher}) => isAboutErrors(matcher))],
        failure: {reason: '${{ reason }}', usage: '${{ usage }}'},
      };
    default:
      return action;
  }
}

type Acceptor = WaitUntil['acceptors'][number];

const decidedBefore: readonly Acceptor[] = (
  [
    ['success', 'reached'],
    ['failure', 'failed'],
    ['retry', 'waiting'],
  ] as const
).map(([state, expected]) => ({
  state,
  matcher: {output: {path: 'recorded', expected, comparator: 'stringEquals'}},
}));

function isAboutErrors(matcher: Acceptor['matcher']): boolean {
  return 'errorType' in matcher || ('success' in matcher && !matcher.success);
}
