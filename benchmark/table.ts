/** One row of the benchmark's table. */
export interface Row {
  readonly name: string;
  /** The figure with its unit; or why there is none. */
  readonly figure: string;
  /** The figure beside its reference: `1.12 × the bound`. */
  readonly ratio?: string;
  readonly goal?: string;
  readonly met?: boolean;
}

/** The rows of one heading. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** The table as text that Markdown also shows as a table. */
export function tableOf(sections: readonly Section[]): string {
  const cells = sections.flatMap(({title, rows}) => [
    [`**${title}**`, '', '', ''],
    ...rows.map(({name, figure, ratio = '', goal = '', met}) => [name, figure, ratio, goal + verdict(met)]),
  ]);
  const all = [['What', 'Figure', 'Ratio', 'Goal'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = all;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `${[line(head), rule, ...rest.map(line)].join('\n')}\n`;
}

function verdict(met: boolean | undefined): string {
  if (met === undefined) return '';
  return met ? ' ✓' : ' missed';
}

export const seconds = (value: number): string => `${value.toFixed(2)} s`;
export const milliseconds = (value: number): string =>
  `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const mebibytes = (kib: number): string => `${(kib / 1024).toFixed(0)} MiB`;
export const times = (ratio: number, what: string): string => `${ratio.toFixed(2)} × ${what}`;
