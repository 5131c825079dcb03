import {expect, test} from 'vitest';
import {clockSpan, timeLeft} from '../../source/text/time.ts';

test('elapsed time grows from seconds to hours', () => {
  expect([0, 9_999, 134_000, 3_725_000].map(clockSpan)).toEqual(['0:00', '0:09', '2:14', '1:02:05']);
});

test('time left is rounded up, so that it never says 0 too early', () => {
  expect([-5, 0, 1, 7_001, 59_000, 161_000].map(timeLeft)).toEqual([
    '0 s',
    '0 s',
    '1 s',
    '8 s',
    '59 s',
    '2:41',
  ]);
});
