import {cutEnd, cutMiddle, graphemes, width} from './width.ts';
import {show} from './show.ts';

/**
 * Returns a function that shortens any of these texts to at most `columns`. Different ones stay different where that
 * can be: when their ends are alike as well as their beginnings, the part in which they differ is kept.
 */
export function cutAlike(texts: readonly string[], columns: number): (text: string) => string {
  const different = [...new Set(texts)];
  if (new Set(different.map((text) => cutMiddle(text, columns))).size === different.length) {
    return (text) => cutMiddle(text, columns);
  }
  const all = different.map((text) => graphemes(show(text)));
  const shared = sharedStart(all);
  const rest = all.map((parts) => parts.slice(shared));
  const end = sharedStart(rest.map((parts) => parts.toReversed()));
  const differing = Math.max(...rest.map((parts) => width(parts.slice(0, parts.length - end).join(''))));
  // Returns as much of the common part as fits, half of it before the difference.
  const start = Math.max(0, shared - Math.floor(Math.max(0, columns - 2 - differing) / 2));
  return (text) => {
    const shown = show(text);
    return width(shown) <= columns ? shown : cutEnd(`…${graphemes(shown).slice(start).join('')}`, columns);
  };
}

/** Returns the number of leading parts that all texts share. */
function sharedStart(texts: readonly (readonly string[])[]): number {
  const [first = [], ...others] = texts;
  const differs = first.findIndex((part, index) => others.some((parts) => parts[index] !== part));
  return differs < 0 ? Math.min(...texts.map(({length}) => length)) : differs;
}
