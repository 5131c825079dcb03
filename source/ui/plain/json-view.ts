import type {Json} from '../../data/json.ts';
import {safeJson} from '../../text/json.ts';
import type {View} from '../view.ts';
import {unanswerable} from '../question/unanswerable.ts';

/** One event a line, for machines. The last line says where the journal is. */
export function createJson({write}: {readonly write: (text: string) => void}): View {
  return {
    opening() {},

    publish(_state, events) {
      write(events.map((event) => line(event)).join(''));
    },

    async ask(question) {
      return unanswerable(question);
    },

    async close({journal = null, head = null, error = null, next = null}) {
      write(line({type: 'closed', journal, head, error, next} satisfies Json));
    },
  };
}

function line(value: unknown): string {
  return `${safeJson(value)}\n`;
}
