import {expect, test} from 'vitest';
import {toAscii} from '../../source/text/ascii.ts';
import {width} from '../../source/text/width.ts';

test('signs and lines have an ASCII form as wide as they are', () => {
  expect(toAscii('✓━●━○ ! – ? ▸ …')).toBe('+=*=o ! - ? > ~');
});

test('whatever else is not ASCII keeps its width', () => {
  const text = 'Zürich 東京';
  expect(toAscii(text)).toBe('Z?rich ????');
  expect(width(toAscii(text))).toBe(width(text));
});
