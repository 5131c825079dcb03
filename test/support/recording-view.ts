import type {Event} from '../../source/engine/model/events.ts';
import type {Question} from '../../source/engine/model/events.ts';
import type {Answer} from '../../source/engine/model/ports.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import type {Closing} from '../../source/wording/run-summary.ts';
import type {View} from '../../source/ui/view.ts';

/** A view that keeps what it is shown, and answers as it is told. */
export interface RecordingView extends View {
  readonly events: Event[];
  readonly questions: Question[];
  readonly openings: string[];
  closing: Closing | undefined;
}

export function recordingView(
  answer: (question: Question) => Answer = refuse,
  published: (state: RunState, events: readonly Event[]) => void = () => {},
): RecordingView {
  const view: RecordingView = {
    events: [],
    questions: [],
    openings: [],
    closing: undefined,
    opening: (message) => void view.openings.push(message),
    publish: (state, events) => {
      view.events.push(...events);
      published(state, events);
    },
    ask: async (question) => {
      view.questions.push(question);
      return answer(question);
    },
    close: async (closing) => {
      view.closing = closing;
    },
  };
  return view;
}

function refuse(question: Question): Answer {
  const missing = question.kind !== 'type-text' ? '--yes' : '--confirm';
  return {accepted: false, by: 'nobody', missing};
}
