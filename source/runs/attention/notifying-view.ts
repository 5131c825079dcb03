import type {Json} from '../../data/json.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {ClockPort} from '../../engine/model/ports.ts';
import type {View} from '../../ui/view.ts';
import {noticeLine, noticeOfProgress, noticeOfQuestion, type Notice} from './notice.ts';

/** Time that a question may wait before somebody is called (ms): an operator who is there answers it. */
export const unansweredMs = 10_000;

/** Asks, and calls somebody once the question has waited for a while. */
export async function calledWhenUnanswered<T>(
  clock: ClockPort,
  signal: AbortSignal,
  {ask, call}: {readonly ask: () => Promise<T>; readonly call: () => void},
): Promise<T> {
  const answered = new AbortController();
  const over = AbortSignal.any([signal, answered.signal]);
  const wait = async (): Promise<void> => {
    await clock.until(clock.now() + unansweredMs, over);
    if (!over.aborted) call();
  };
  void wait();
  try {
    return await ask();
  } finally {
    answered.abort();
  }
}

/** Returns the view, which also tells somebody when the run needs an operator and when it is over. */
export function notifying(view: View, tell: (line: Json) => void, clock: ClockPort): View {
  let state = initialState;
  const say = (notice: Notice): void => tell(noticeLine(notice, state, clock.now()));
  return {
    ...view,

    publish(next, events) {
      const notice = noticeOfProgress(state, next);
      state = next;
      if (notice !== undefined) say(notice);
      view.publish(next, events);
    },

    ask: (question, signal) =>
      calledWhenUnanswered(clock, signal, {
        ask: () => view.ask(question, signal),
        call: () => say(noticeOfQuestion(question)),
      }),

    async close(closing) {
      if (closing.error !== undefined && state.ended === undefined)
        say({kind: 'stopped', text: `Stopped: ${closing.error}`});
      await view.close(closing);
    },
  };
}
