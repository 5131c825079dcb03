import type {ReactNode} from 'react';
import {timeOfDay} from '../../../text/time.ts';
import {padEnd} from '../../../text/width.ts';
import {span, type Line} from '../../../text/line.ts';
import {Lines} from '../../components/lines.tsx';
import type {NarratedEvent} from '../../../wording/narrate/narrated-event.ts';

interface Props {
  /** The oldest first. */
  readonly told: readonly NarratedEvent[];
  readonly columns: number;
  readonly rows: number;
}

const regionColumns = 15;

/** The latest that happened, the newest at the top. */
export function Latest({told, columns, rows}: Props): ReactNode {
  const lines = told
    .slice(-rows)
    .toReversed()
    .map((one) => toldLine(one, columns));
  return <Lines lines={lines} columns={columns} rows={rows} />;
}

function toldLine({at, sign, region, text}: NarratedEvent, columns: number): Line {
  const news: Line = [span(`${sign.glyph} `, sign.tone), span(text)];
  // On a narrow screen the event is worth more than its time, and than columns that line up.
  if (columns < 60) return [span(region === undefined ? ' ' : ` ${region}  `, 'quiet'), ...news];
  return [span(` ${timeOfDay(at)}  `, 'quiet'), span(padEnd(region ?? '', regionColumns), 'quiet'), ...news];
}
