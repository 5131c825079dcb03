import type {ReactNode} from 'react';
import type {RunState} from '../../engine/model/state.ts';
import {span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {signs} from '../../wording/signs.ts';
import {wrap} from '../../text/width.ts';
import {waitingFor} from '../../wording/waiting.ts';

interface Props {
  readonly state: RunState;
  readonly now: number;
  /** An obstacle outside of AWS. */
  readonly awaited?: string | undefined;
  readonly columns: number;
  readonly rows: number;
}

/** Shows the awaited event, its deadline and its reason. */
export function WaitingLine({state, now, awaited, columns, rows}: Props): ReactNode {
  if (awaited !== undefined) {
    const lines = wrap(awaited, columns - 4).map((part, row): Line => [
      span(row === 0 ? ` ${signs.retry.glyph} ` : '   '),
      span(part),
    ]);
    return <Lines lines={lines} columns={columns} rows={rows} />;
  }
  const {sign, text, because} = waitingFor(state, now);
  const lines: Line[] = [[span(` ${sign.glyph} `, sign.tone), span(text)]];
  if (because !== undefined) lines.push([span(`   ${because}`, 'quiet')]);
  return <Lines lines={lines} columns={columns} rows={rows} />;
}
