import type {Truth} from '../../engine/model/state.ts';

/** The words for one thing each, in every view and report. docs/glossary.md lists them from here. */
export const glossary: Readonly<Record<string, string>> = {
  account: 'The AWS account that a run works in. Its number is never cut.',
  approve: 'Agree to exactly the changes and requests that a decision shows. The journal names who did.',
  attempt: 'One way through the steps up to a change that AWS may refuse: `attempt 2 of 6`.',
  caller: 'Who signs the requests, such as `ops/kim`: a role and the name of its session, or a user.',
  change: 'A call that creates, updates, cancels or deletes something.',
  check: 'A call that only reads, to know what is there. `checked 4 s ago` is its age.',
  clear: 'Checked, and nothing in use was found.',
  decision: 'A question that a run waits for. Declining it ends the run.',
  'hand over': 'Stop a run so that another terminal, which watches it, can go on with it.',
  'in use': 'Checked, and something was found that has to end first.',
  phase: 'Several steps that belong together, shown as one post of the rail.',
  Region: 'An AWS Region. A run has a row for each that the account has enabled.',
  runbook: 'The file that says what a run does, step by step.',
  try: 'One sending of a call. A call that is throttled has several.',
  undo: 'Put back what a run changed, from its journal.',
  unknown: 'It could not be checked. It never counts as clear.',
  unsettled: 'A change that was sent, and whose answer is not known.',
  waive: 'Go on without a Region that could not be checked, by typing its name. It stays unknown.',
  watch: 'Follow a run that another terminal has. Nothing is done from there.',
};

export const truthWords: Readonly<Record<Truth, string>> = {
  clear: 'clear',
  'in-use': 'in use',
  unknown: 'unknown',
  unlooked: 'not checked yet',
};

/** `approved by ops/kim`. */
export function decidedBy(accepted: boolean, by: string): string {
  return `${accepted ? 'approved' : 'declined'} by ${by}`;
}

/** `stopped by the operator with q`, `interrupted by SIGTERM`. */
export function stoppedBy(signal: string): string {
  if (signal === 'q' || signal === 'S') return `stopped by the operator with ${signal}`;
  return signal === 'stop' ? 'stopped by the operator, who typed stop' : `interrupted by ${signal}`;
}

/** `attempt 2 of 6`: the one that follows a number of refusals, of which there may be `most`. */
export function nextAttempt(refusals: number, most: number): string {
  return `attempt ${refusals + 1} of ${most + 1}`;
}

/** A change's difference as something that has not happened: `schedule rate(7 days) to be removed`. */
export function proposed(detail: string): string {
  return detail
    .replace(/ (removed|put back)(?=, |$)/g, ' to be $1')
    .replace(/(?<=^|, )(\w+) set to /g, '$1 to be set to ');
}
