import type {Event} from '../../engine/model/events.ts';
import {evolve, initialState} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';
import {createPlain} from '../plain/plain-view.ts';
import type {Closing} from '../../wording/run-summary.ts';

/** The plain lines of a recorded run. */
export interface PlainReplay {
  /** Writes the lines of later events. */
  add(events: readonly Event[]): void;
  /** Writes the summary. */
  close(closing: Omit<Closing, 'state'>): Promise<void>;
}

interface Telling {
  /** The run is still going, in another process. */
  readonly watching?: boolean;
  /** Said in words for a screen reader, rather than in signs and columns. */
  readonly spoken?: boolean;
}

/** Tells a recorded run in the same lines as a live one, with the times that it was. */
export function createPlainReplay(
  write: (text: string) => void,
  {watching = false, spoken = false}: Telling = {},
): PlainReplay {
  let state: RunState = initialState;
  const view = createPlain({write, spoken, now: () => state.now});
  const opening = (run: string): string =>
    watching
      ? `WATCHING run ${run}: it goes on elsewhere, nothing is done here`
      : `REPLAY of run ${run}: nothing happens now`;
  return {
    add(events) {
      for (const event of events) {
        state = evolve(state, event);
        if (event.type === 'run-started') view.opening(opening(event.run));
        view.publish(state, [event]);
      }
    },
    close: (closing) => view.close({...closing, state}),
  };
}
