import type {RunState} from '../../engine/model/state.ts';
import {span, type Line} from '../../text/line.ts';
import {wrap} from '../../text/width.ts';
import {signs} from '../../wording/signs.ts';
import {waitingFor} from '../../wording/waiting.ts';

/** Formats the awaited event, its deadline and its reason in lines of at most `columns`. `awaited`: an obstacle outside of AWS. */
export function waitingLines(
  state: RunState,
  now: number,
  awaited: string | undefined,
  columns: number,
): readonly Line[] {
  const room = columns - 4;
  if (awaited !== undefined) {
    return wrap(awaited, room).map((part, row): Line => [
      span(row === 0 ? ` ${signs.retry.glyph} ` : '   '),
      span(part),
    ]);
  }
  const {sign, text, because} = waitingFor(state, now);
  return [
    ...wrap(text, room).map((part, row): Line => [
      span(row === 0 ? ` ${sign.glyph} ` : '   ', sign.tone),
      span(part),
    ]),
    ...(because === undefined ? [] : wrap(because, room).map((part): Line => [span(`   ${part}`, 'quiet')])),
  ];
}
