import type {Approvals} from '../engine/model/happenings/approval.ts';
import {moment} from '../text/time.ts';
import {count} from './fault-text.ts';

/** Returns why a person's approval does not count; undefined where it does. */
export function noApprovalText(why: Approvals['own'], by: string): string | undefined {
  if (why === undefined) return undefined;
  if (why === 'unsigned') return 'only signed approvals count: handrail approve RUN --sign KEY';
  return why === 'given'
    ? `${by} approved already: another person has to`
    : `${by} started or resumed the run, and does not count: another person has to approve`;
}

/** Returns how many approvals there are: `1 of 2 approvals (ops/kim at 21:03:10)`. */
export function approvalsText({given, needed}: Approvals, now: number): string {
  const by = given.map((one) => `${one.by} at ${moment(one.at, now)}`).join(', ');
  return `${given.length} of ${count(needed, 'approval')}${by === '' ? '' : ` (${by})`}`;
}

/** Returns whose approvals are void; '' where none is. */
export function lapsedText({lapsed = []}: Approvals): string {
  if (lapsed.length === 0) return '';
  const whose = lapsed.length === 1 ? 'The approval of' : 'The approvals of';
  const names = lapsed.map(({by}) => by).join(' and ');
  return `${whose} ${names} ${lapsed.length === 1 ? 'is' : 'are'} void: the changes were others then.`;
}

/** Returns who is waited for. */
export function awaitedText({given, notCaller}: Approvals): string {
  if (notCaller === true)
    return given.length === 0 ? 'somebody other than the caller' : 'somebody else again';
  return given.length === 0 ? 'somebody' : 'another person';
}
