import type {Event, RunQuestion} from '../engine/model/events.ts';

/** Returns an event as it is written today: questions did not name their kind before. */
export function asWrittenToday(event: Event): Event {
  if (event.type !== 'asked') return event;
  const asked: Older = event.question;
  if (asked.kind !== undefined) return event;
  const kind =
    asked.resend !== undefined ? 'resend' : asked.typeToConfirm !== undefined ? 'type-text' : 'confirm';
  return {...event, question: {...asked, kind} as RunQuestion};
}

interface Older {
  readonly kind?: RunQuestion['kind'];
  readonly typeToConfirm?: string;
  readonly resend?: unknown;
}
