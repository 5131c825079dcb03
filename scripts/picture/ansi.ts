/** A piece of a terminal's row, as it looks. */
export interface Piece {
  readonly column: number;
  readonly text: string;
  /** Names of the styles, for a class attribute. */
  readonly look: string;
}

const palette = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const names: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'dim',
  ...Object.fromEntries(palette.map((name, index) => [30 + index, name])),
  ...Object.fromEntries(palette.map((name, index) => [40 + index, `on-${name}`])),
};
/** Code that ends the effect of another. */
const ends: Readonly<Record<number, readonly string[]>> = {
  0: Object.values(names),
  22: ['bold', 'dim'],
  39: palette,
  49: palette.map((name) => `on-${name}`),
};

const escape = '\u001B';
/** Kept by a split. */
const color = new RegExp(`(${escape}\\[[\\d;]*m)`);

/** Splits a row with colors. `width` is a text's width in columns. */
export function piecesOf(row: string, width: (text: string) => number): readonly Piece[] {
  const pieces: Piece[] = [];
  const look = new Set<string>();
  let column = 0;
  for (const part of row.split(color)) {
    const codes = part.startsWith(escape) ? part.slice(2, -1) : undefined;
    if (codes === undefined) {
      if (part !== '') pieces.push({column, text: part, look: [...look].join(' ')});
      column += width(part);
      continue;
    }
    for (const code of codes.split(';').map(Number)) {
      ends[code]?.forEach((name) => look.delete(name));
      const name = names[code];
      if (name !== undefined) look.add(name);
    }
  }
  return pieces;
}
