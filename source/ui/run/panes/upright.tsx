import type {ReactNode} from 'react';
import {span} from '../../../text/line.ts';
import {Lines} from '../../components/lines.tsx';
import {divider} from '../layout.ts';

/** A line between two panes that stand side by side. */
export function Upright({rows}: {readonly rows: number}): ReactNode {
  const lines = Array.from({length: rows}, () => [span(' │ ', 'quiet')]);
  return <Lines lines={lines} columns={divider} rows={rows} />;
}
