import {timeOfDay} from '../../text/time.ts';
import {padEnd, padStart} from '../../text/width.ts';
import type {CallRecord} from './call-log.ts';
import {span, type Line} from '../../text/line.ts';
import {signs} from '../../wording/signs.ts';
import {faultWord, shortTarget} from '../../wording/fault-text.ts';

/** Calls in lines of at most `columns`, the newest first: when, which, how long it took, and the request id to quote. */
export function callLines(calls: readonly CallRecord[], columns: number): readonly Line[] {
  const operations = Math.max(0, ...calls.map(({operation}) => operation.length));
  return calls.toReversed().flatMap((call): readonly Line[] => {
    const sign = call.ms === undefined ? signs.active : call.fault === undefined ? signs.done : signs.trouble;
    const took = call.ms === undefined ? '' : `${call.ms} ms`;
    const start: Line = [
      span(`${sign.glyph} `, sign.tone),
      span(`${timeOfDay(call.at)}  `, 'quiet'),
      span(padEnd(call.operation, Math.min(operations, Math.max(20, columns - 24)))),
      span(padStart(took, 9), 'quiet'),
    ];
    const about = [
      call.fault === undefined ? '' : faultWord(call.fault),
      call.item === '' ? '' : shortTarget(call.item),
    ].filter((text) => text !== '');
    const request = call.requestId === undefined ? '' : `request ${call.requestId}`;
    const rest = [...about, request].filter((text) => text !== '').join('  ');
    // AWS support asks for the request id, so it gets a separate line instead of being cut.
    return 13 + operations + 9 + 2 + rest.length <= columns || rest === ''
      ? [[...start, span(`  ${rest}`, 'quiet')]]
      : [start, [span(`              ${rest}`, 'quiet')]];
  });
}
