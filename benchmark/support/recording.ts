import {join} from 'node:path';
import type {Event} from '../../source/engine/model/events.ts';
import {readJournal} from '../../source/journal/read.ts';

/** Events of a recorded run, over and over, until there are `count`. */
export function recordedEvents(count: number): readonly Event[] {
  const {events} = readJournal(join(import.meta.dirname, '../../test/fixtures/relapse.jsonl'));
  return Array.from({length: count}, (_, index) => events[index % events.length]).filter(
    (event) => event !== undefined,
  );
}
