import type {Binding, KeyTable} from '../keyboard/key-table.ts';
import {insert, insertPaste, type Reply, type ReplyKey} from './reply.ts';
import {replyKeys} from './reply-keys.ts';

/** A place where a question is answered. */
interface Answering<Moment, Outcome> {
  /** Returns true if the operator was asked whether to decline. */
  readonly isLeaving: (moment: Moment) => boolean;
  readonly edited: (moment: Moment, edit: (reply: Reply) => Reply) => Outcome;
  readonly replied: (moment: Moment, key: ReplyKey) => Outcome;
}

interface AnsweringKeys<Moment, Outcome> {
  /** The keys that change the reply, send it or decline. */
  readonly answers: readonly Binding<Moment, Outcome>[];
  /** Hints at keys where the question whether to decline is not open: there they do something else. */
  readonly unlessLeaving: (rows: readonly Binding<Moment, Outcome>[]) => readonly Binding<Moment, Outcome>[];
  readonly otherwise: NonNullable<KeyTable<Moment, Outcome>['otherwise']>;
  readonly pasted: NonNullable<KeyTable<Moment, Outcome>['pasted']>;
}

/** What a place where a question is answered does with keys and pastes. */
export function answeringKeys<Moment, Outcome>({
  isLeaving,
  edited,
  replied,
}: Answering<Moment, Outcome>): AnsweringKeys<Moment, Outcome> {
  const unlessLeaving: AnsweringKeys<Moment, Outcome>['unlessLeaving'] = (rows) =>
    rows.map((row) => ({
      ...row,
      enabled: (moment) => !isLeaving(moment) && (row.enabled === undefined || row.enabled(moment)),
    }));
  const answers = replyKeys.flatMap(({does, ...words}): readonly Binding<Moment, Outcome>[] => {
    const row = {...words, run: (moment: Moment) => replied(moment, does)};
    if (does === 'submit') return [{...row, hint: 'decline', enabled: isLeaving}];
    return does === 'back' ? unlessLeaving([row]) : [row];
  });
  return {
    answers,
    unlessLeaving,
    otherwise(moment, {name, text}) {
      if (text !== undefined) return edited(moment, (reply) => insert(reply, text));
      // Esc and a key soon after it arrive as that key with Alt: the key is not meant for the question any more.
      return name.startsWith('alt-') ? replied(moment, 'back') : undefined;
    },
    pasted: (moment, text) => edited(moment, (reply) => insertPaste(reply, text)),
  };
}

/** Goes to a question that has just come up. */
export function answerNowKey<Moment, Outcome>(run: (moment: Moment) => Outcome): Binding<Moment, Outcome> {
  return {
    keys: ['tab'],
    shown: 'Tab',
    help: 'answer it now; else it takes keys after a moment without any',
    hint: 'answer now',
    run,
  };
}
