import {show} from '../../text/show.ts';

/** How a text that is typed for a search changes: a filter, or what is looked for at home. */
export const typedText = {
  erase: (text: string): string => Array.from(text).slice(0, -1).join(''),

  /** Takes back the last word, and what stands behind it. */
  eraseWord: (text: string): string => text.replace(/\S*\s*$/, ''),

  /** Adds what was typed. */
  add: (text: string, more: string, longest: number): string => (text + show(more)).slice(0, longest),

  /** Adds what was pasted, in one line. */
  paste: (text: string, more: string, longest: number): string =>
    typedText.add(text, more.replace(/\s+/g, ' ').trim(), longest),
};
