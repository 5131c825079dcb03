import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';

/** Answers no where no operator can be asked, and names the option that would have answered. */
export function unanswerable(question: Question): Answer {
  return {accepted: false, by: 'nobody', missing: wouldAnswer(question)};
}

function wouldAnswer(question: Question): string {
  switch (question.kind) {
    case 'confirm':
      return '--yes';
    case 'type-text':
      return `--confirm ${JSON.stringify(question.typeToConfirm)}`;
    case 'resend':
      return 'handrail resume on a terminal';
    case 'waiver':
      return `--waive ${question.typeToConfirm}`;
    case 'second-run':
      return '--second-run';
    case 'code':
      return '--mfa-code';
  }
}
