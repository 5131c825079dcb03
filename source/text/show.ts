/** Stands for anything that was there and cannot be shown. One mark stands for a run of such things. */
export const mark = '\uFFFD';

/** Longest text that is examined (UTF-16 units); the rest is cut off. Nothing on a screen is longer. */
const longest = 8192;

/**
 * ASCII, and the signs and lines that the screens are drawn with, as a part of an expression: one column each, and
 * nothing to do about them.
 */
export const plainCharacters = ' -~·–—‖“”’…─━│┃├┤▏▸●○✓↑↓→';

/** Most text consists of these characters alone, and the expressions below are slow to compile. */
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
 * Characters that terminals render differently: controls, format characters (bidi, zero-width, tags) and
 * invisible fillers. Also the parts of joined emoji: regional indicators, skin tones, the keycap.
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
 * Makes any text fit for one line of a terminal. It is the only way to the screen. The result cannot move the
 * cursor, color, ring, link or retitle, nor change the order or height of its surroundings. A character that
 * cannot be shown leaves a mark, so two different names never look alike by accident. Showing a shown text
 * changes nothing.
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
      // A combining mark would attach to the character before it.
      .replace(/^\p{M}+/u, mark)
      .replace(/ \p{M}+/gu, ' ' + mark)
      .replace(/(\p{M}{2})\p{M}+/gu, '$1')
      .replace(/\uFFFD{2,}/g, mark)
  );
}
