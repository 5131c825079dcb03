import type {Question} from '../../engine/model/events.ts';
import type {Approvals} from '../../engine/model/happenings/approval.ts';
import {span, type Line} from '../../text/line.ts';

/** Formats the keys or text that answer a question. Every view uses the same words, with keys set off. */
export function promptLine(question: Question): Line {
  if (ownOf(question) !== undefined) {
    return [span('Others approve this; '), span('n', 'accent'), span(' declines, then Enter:')];
  }
  switch (question.kind) {
    case 'confirm':
      return [
        span('y', 'accent'),
        span(' goes ahead, '),
        span('n', 'accent'),
        span(' declines, then Enter:'),
      ];
    case 'resend':
      return [
        span('y', 'accent'),
        span(' sends it again, '),
        span('n', 'accent'),
        span(' ends the run here, then Enter:'),
      ];
    case 'type-text':
    case 'waiver':
    case 'second-run':
      return [span(`Type ${question.typeToConfirm} to go ahead, then Enter:`)];
    case 'code':
      return [span('Type the six digits, then Enter:')];
  }
}

/** Returns why an answer here does not approve; undefined where it does. */
export function ownOf(question: Question): Approvals['own'] {
  return 'approvals' in question ? question.approvals?.own : undefined;
}

/** Returns true if the reply is a text, in which "n" alone is no answer. */
export function wantsText(question: Question): boolean {
  const {kind} = question;
  return ownOf(question) === undefined && ['type-text', 'waiver', 'second-run', 'code'].includes(kind);
}

/** Returns true if a mere yes agrees. */
export function takesYes(question: Question): boolean {
  return ownOf(question) === undefined && (question.kind === 'confirm' || question.kind === 'resend');
}
