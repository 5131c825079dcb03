import type {ReactNode} from 'react';
import {span, type Line} from '../../text/line.ts';
import {Lines} from './lines.tsx';

interface Props {
  readonly lines: readonly Line[];
  readonly columns: number;
  readonly rows: number;
  /** Lines scrolled past; more than there are counts as the end. */
  readonly offset: number;
}

/** The furthest that `length` lines can be scrolled in `rows`. */
export function lastOffset(length: number, rows: number): number {
  // The last row says where one is, when not everything fits.
  return length <= rows ? 0 : Math.max(0, length - Math.max(1, rows - 1));
}

/** A window on lines that may be too many; only the visible ones are laid out. */
export function Scrolled({lines, columns, rows, offset}: Props): ReactNode {
  if (lines.length <= rows) return <Lines lines={lines} columns={columns} rows={rows} />;
  const size = Math.max(1, rows - 1);
  const first = Math.max(0, Math.min(offset, lastOffset(lines.length, rows)));
  const position = `  lines ${first + 1}–${Math.min(lines.length, first + size)} of ${lines.length}, ↑↓ to scroll`;
  const visible = [...lines.slice(first, first + size), [span(position, 'quiet')]];
  return <Lines lines={visible} columns={columns} rows={rows} />;
}
