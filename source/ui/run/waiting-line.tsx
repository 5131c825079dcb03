import type {ReactNode} from 'react';
import type {RunState} from '../../engine/model/state.ts';
import {span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {waitingFor} from '../../wording/waiting.ts';

interface Props {
  readonly state: RunState;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
}

/** What the run is waiting for, until when, and why. */
export function WaitingLine({state, now, columns, rows}: Props): ReactNode {
  const {sign, text, because} = waitingFor(state, now);
  const lines: Line[] = [[span(` ${sign.glyph} `, sign.tone), span(text)]];
  if (because !== undefined) lines.push([span(`   ${because}`, 'quiet')]);
  return <Lines lines={lines} columns={columns} rows={rows} />;
}
