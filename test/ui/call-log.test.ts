import {expect, test} from 'vitest';
import {CallLog} from '../../source/ui/regions/call-log.ts';
import {callLines} from '../../source/ui/regions/call-lines.ts';
import {lineText} from '../../source/text/line.ts';
import {width} from '../../source/text/width.ts';
import {changing, denied, Play} from './run-fixture.ts';

function logOf({events}: Play): CallLog {
  const log = new CallLog();
  for (const event of events) log.add(event);
  return log;
}

test('keeps the latest calls of each Region, with their times and request ids', () => {
  const log = logOf(changing());
  expect(log.recent('me-central-1')).toMatchObject([
    {operation: 'imagebuilder:ListImages', ms: 40, requestId: denied.requestId, fault: denied},
  ]);
  expect(log.recent('eu-north-1')).toEqual([]);
});

test('keeps twenty of them', () => {
  const play = new Play().begin();
  for (let call = 0; call < 30; call += 1) {
    play.calls(call, {step: 'builds', region: 'eu-west-1'}, '', `imagebuilder:Call${call}`, {ok: true});
  }
  const operations = logOf(play)
    .recent('eu-west-1')
    .map(({operation}) => operation);
  expect(operations).toHaveLength(20);
  expect(operations.at(-1)).toBe('imagebuilder:Call29');
});

test.each([40, 76, 120])('the request id is never cut at %i columns', (columns) => {
  const lines = callLines(logOf(changing()).recent('me-central-1'), columns).map(lineText);
  expect(lines.join('\n')).toContain(denied.requestId);
  if (columns > 70) expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
});
