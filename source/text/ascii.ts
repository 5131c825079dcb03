import {show} from './show.ts';
import {width} from './width.ts';

/** Non-ASCII signs and lines that Handrail draws, each with an ASCII stand-in of the same width. */
const ascii: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '●': '*',
  '○': 'o',
  '–': '-',
  '‖': '#',
  '—': '-',
  '·': '-',
  '…': '~',
  '━': '=',
  '─': '-',
  '┃': '|',
  '│': '|',
  '├': '|',
  '┤': '|',
  '▸': '>',
  '▏': '_',
  '↑': '^',
  '↓': 'v',
  '→': '>',
  '←': '<',
  '▶': '>',
  '×': 'x',
  '≈': '~',
  '“': '"',
  '”': '"',
  '’': "'",
};

/** Shows `text` in ASCII alone, in as many columns as before. */
export function toAscii(text: string): string {
  const shown = show(text);
  if (/^[ -~]*$/.test(shown)) return shown;
  return Array.from(shown, (character) =>
    character <= '~' ? character : (ascii[character] ?? '?'.repeat(width(character))),
  ).join('');
}
