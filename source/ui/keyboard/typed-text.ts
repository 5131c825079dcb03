import {show} from '../../text/show.ts';

/** Edits the text of a search: a filter, or a query at home. */
export const typedText = {
  erase: (text: string): string => Array.from(text).slice(0, -1).join(''),

  /** Removes the last word and the spaces behind it. */
  eraseWord: (text: string): string => text.replace(/\S*\s*$/, ''),

  /** Adds typed text. */
  add: (text: string, more: string, longest: number): string => (text + show(more)).slice(0, longest),

  /** Adds pasted text, in one line. */
  paste: (text: string, more: string, longest: number): string =>
    typedText.add(text, more.replace(/\s+/g, ' ').trim(), longest),
};
