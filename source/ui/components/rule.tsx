import type {ReactNode} from 'react';
import {cutEnd, width} from '../../text/width.ts';
import {span, type Line, type Tone} from '../../text/line.ts';
import type {Caption} from '../../wording/run-mode.ts';
import {Lines} from './lines.tsx';

interface Props {
  readonly columns: number;
  readonly rows: number;
  readonly caption?: Caption | undefined;
}

/** A line between two parts of the screen; none where `rows` is 0. */
export function Rule({columns, rows, caption}: Props): ReactNode {
  return <Lines lines={[ruleLine(columns, caption)]} columns={columns} rows={rows} />;
}

function ruleLine(columns: number, caption: Caption | undefined): Line {
  const dash = caption?.heavy === true ? '━' : '─';
  const tone: Tone | undefined = caption?.heavy === true ? undefined : 'quiet';
  if (caption === undefined) return [span(dash.repeat(columns), tone)];
  const text = cutEnd(` ${caption.text} `, Math.max(0, columns - 3));
  return [
    span(dash, tone),
    span(text, caption.tone ?? tone),
    span(dash.repeat(Math.max(0, columns - 1 - width(text))), tone),
  ];
}
