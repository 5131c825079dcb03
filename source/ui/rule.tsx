import type {ReactNode} from 'react';
import {span} from './line.ts';
import {Lines} from './lines.tsx';

/** A line between two parts of the screen; none where `rows` is 0. */
export function Rule({columns, rows}: {readonly columns: number; readonly rows: number}): ReactNode {
  return <Lines lines={[[span('─'.repeat(columns), 'quiet')]]} columns={columns} rows={rows} />;
}
