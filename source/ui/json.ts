import type {Json} from '../engine/events.ts';
import type {View} from './view.ts';
import {unanswerable} from './unanswerable.ts';

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

/** The same JSON, with everything escaped that a terminal could act upon. */
function line(value: unknown): string {
  const json = JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      {length: character.length},
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
  return json + '\n';
}
