import type {Binding, KeyTable} from './key-table.ts';
import {typedText} from './typed-text.ts';

/** A text that is typed in a place: a filter, or a search. */
interface Typing<Moment, Outcome> {
  readonly text: (moment: Moment) => string;
  /** Result of a change of the text. */
  readonly changed: (moment: Moment, text: string) => Outcome;
  readonly longest: number;
  readonly words?: {readonly erase: string; readonly clear: string};
}

/** What a place where a text is typed does with keys and pastes. */
type TypingKeys<Moment, Outcome> = Required<
  Pick<KeyTable<Moment, Outcome>, 'bindings' | 'otherwise' | 'pasted'>
>;

/** Longest filter that can be typed. */
export const longestFilter = 40;

const filterWords = {erase: 'erase a character', clear: 'erase everything typed'};

/** The keys that change a typed text, and what any other key and a paste add to it. */
export function typingKeys<Moment, Outcome>({
  text,
  changed,
  longest,
  words = filterWords,
}: Typing<Moment, Outcome>): TypingKeys<Moment, Outcome> {
  const edit =
    (change: (text: string) => string): Binding<Moment, Outcome>['run'] =>
    (moment) =>
      changed(moment, change(text(moment)));
  return {
    bindings: [
      {keys: ['backspace'], shown: 'Backspace', help: words.erase, run: edit(typedText.erase)},
      {keys: ['ctrl-w'], shown: 'Ctrl-W', help: 'erase a word', run: edit(typedText.eraseWord)},
      {keys: ['ctrl-u'], shown: 'Ctrl-U', help: words.clear, run: edit(() => '')},
    ],
    otherwise: (moment, key) =>
      key.text === undefined ? undefined : changed(moment, typedText.add(text(moment), key.text, longest)),
    pasted: (moment, more) => changed(moment, typedText.paste(text(moment), more, longest)),
  };
}
