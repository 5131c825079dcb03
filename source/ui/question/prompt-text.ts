import type {Question} from '../../engine/model/events.ts';
import {span, type Line} from '../../text/line.ts';

/** Formats the keys or text that answer a question. Every view uses the same words, with keys set off. */
export function promptLine(question: Question): Line {
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

/** Returns true if the reply is a text, in which "n" alone is no answer. */
export function wantsText({kind}: Question): boolean {
  return ['type-text', 'waiver', 'second-run', 'code'].includes(kind);
}

/** Returns true if a mere yes agrees. */
export function takesYes({kind}: Question): boolean {
  return kind === 'confirm' || kind === 'resend';
}
