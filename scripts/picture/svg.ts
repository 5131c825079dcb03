import {width} from '../../source/text/width.ts';
import {piecesOf, type Piece} from './ansi.ts';

/** Pixels of a terminal's cell, and around all of them. */
const cell = {width: 8.4, height: 18};
const margin = 14;

const colors = {
  black: '#14171a',
  red: '#ff8a80',
  green: '#7fce92',
  yellow: '#e6b95c',
  cyan: '#5cc3d1',
  white: '#ffffff',
};

/** One frame of the picture. */
export interface Frame {
  readonly rows: readonly string[];
  /** Time on display (ms). */
  readonly ms: number;
}

/** A terminal as a picture that moves through its frames; where motion is not wanted it shows the `still` one. */
export function svgOf(frames: readonly Frame[], columns: number, rows: number, still: number): string {
  const size = {width: columns * cell.width + 2 * margin, height: rows * cell.height + 2 * margin};
  const total = frames.reduce((sum, {ms}) => sum + ms, 0);
  let at = 0;
  const shows = frames.map(({ms}, index) => {
    const [from, to] = [(100 * at) / total, (100 * (at + ms)) / total].map((share) => share.toFixed(2));
    at += ms;
    const before = index === 0 ? '' : `0%{visibility:hidden}`;
    return `@keyframes f${index}{${before}${from}%{visibility:visible}${to}%{visibility:hidden}}.f${index}{animation-name:f${index}}`;
  });
  const style = [
    'text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d6dade;white-space:pre}',
    '.bold{font-weight:700}.dim{fill:#8b949e}',
    ...Object.entries(colors).map(([name, value]) => `text.${name},rect.on-${name}{fill:${value}}`),
    `.f{visibility:hidden;animation:${total}ms step-end infinite}`,
    ...shows,
    `@media(prefers-reduced-motion:reduce){.f{animation:none}.f${still}{visibility:visible}}`,
  ].join('');
  // Most rows are in many frames: each is drawn once.
  const ids = new Map<string, number>();
  const idOf = (row: string): number => {
    const id = ids.get(row) ?? ids.size;
    ids.set(row, id);
    return id;
  };
  const groups = frames.map((frame, index) => {
    const uses = frame.rows.map((row, line) => `<use href="#r${idOf(row)}" y="${line * cell.height}"/>`);
    return `<g class="f f${index}">${uses.join('')}</g>`;
  });
  const defined = [...ids].map(([row, id]) => `<g id="r${id}">${rowSvg(piecesOf(row, width))}</g>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="A run of Handrail in a terminal">`,
    `<style>${style}</style>`,
    `<rect width="100%" height="100%" rx="8" fill="#14171a"/>`,
    `<defs>${defined.join('')}</defs>`,
    ...groups,
    '</svg>',
    '',
  ].join('\n');
}

function rowSvg(pieces: readonly Piece[]): string {
  const y = margin;
  return pieces
    .map(({column, text, look}) => {
      const x = (margin + column * cell.width).toFixed(1);
      const length = (width(text) * cell.width).toFixed(1);
      const filled = look.includes('on-');
      const ground = filled
        ? `<rect class="${look}" x="${x}" y="${y}" width="${length}" height="${cell.height}"/>`
        : '';
      if (text.trim() === '') return ground;
      // Each text is stretched to its cells' width, for any font.
      return `${ground}<text class="${look}" x="${x}" y="${y + 13.5}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(text)}</text>`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
