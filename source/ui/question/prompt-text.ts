import type {Question} from '../../engine/model/events.ts';
import {span, type Line} from '../../text/line.ts';

/** Says what is typed in reply to a question: the same words on every view, the keys among them set off. */
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
      return [span(`Type ${question.typeToConfirm} to go ahead, then Enter:`)];
    case 'code':
      return [span('Type the six digits, then Enter:')];
  }
}

/** Whether the reply is a text in which a plain "n" is no answer by itself. */
export function wantsText({kind}: Question): boolean {
  return kind === 'type-text' || kind === 'code';
}
