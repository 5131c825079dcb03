/** Stands for anything that was there and cannot be shown. One mark stands for a run of such things. */
export const mark = '\uFFFD';

/** Longest text that is looked at (UTF-16 units); what follows is cut off. Nothing on a screen is longer. */
const longest = 8192;

/**
 * ASCII, and the signs and lines that the screens are drawn with, as a part of an expression: one column each, and
 * nothing to do about them.
 */
export const plainCharacters = ' -~·–—‖“”’…─━│┃├┤▏▸●○✓↑↓→';

/** Most of what is shown is made of these alone, and the expressions below are dear to compile. */
export const plainText = new RegExp(`^[${plainCharacters}]*$`);

/** Escape sequences as a whole: OSC, DCS, SOS, PM and APC strings that end, then CSI, then any other escape. */
const sequences = new RegExp(
  [
    '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d\\x9e\\x9f])[^\\x07\\x1b\\x9c]{0,4096}(?:\\x07|\\x1b\\\\|\\x9c)',
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
    '\\x1b[ -/]*[0-~]?',
  ].join('|'),
  'g',
);

/**
 * Controls, format characters (bidi, zero-width, tags), invisible fillers, and the parts of joined emoji (regional
 * indicators, skin tones, the keycap), whose width terminals disagree about.
 */
const unshowable = new RegExp(
  [
    '[\\p{Cc}\\p{Cf}]',
    '[\\u115F\\u1160\\u3164\\uFFA0]',
    '[\\u{1F1E6}-\\u{1F1FF}]',
    '[\\u{1F3FB}-\\u{1F3FF}]',
    '\\u034F|\\u17B4|\\u17B5|\\u20E3',
  ].join('|'),
  'gu',
);

const lineBreaks = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
const variationSelectors = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/**
 * Makes any text fit to be shown within one line of a terminal. This is the only way to the screen: after it, a text
 * can neither move the cursor nor colour, ring, link or retitle anything, nor change the order or the height of what
 * is around it. What cannot be shown leaves a mark, so that two different names never look alike by accident.
 * Showing a shown text changes nothing.
 */
export function show(text: string): string {
  if (plainText.test(text) && text.length <= longest) return text;
  const cut = text.length > longest ? text.slice(0, longest - 1) + '…' : text;
  return (
    cut
      .toWellFormed()
      .replace(sequences, mark)
      .replace(lineBreaks, ' ')
      .replace(variationSelectors, '')
      .replace(unshowable, mark)
      .normalize('NFC')
      // A mark that combines would stand on whatever is written before it.
      .replace(/^\p{M}+/u, mark)
      .replace(/ \p{M}+/gu, ' ' + mark)
      .replace(/(\p{M}{2})\p{M}+/gu, '$1')
      .replace(/\uFFFD{2,}/g, mark)
  );
}
