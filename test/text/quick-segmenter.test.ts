import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {QuickSegmenter} from '../../source/text/quick-segmenter.ts';
import {plainCharacters} from '../../source/text/show.ts';

const own = new RegExp(`[\\n\\x1b${plainCharacters}]`);
const plain = Array.from({length: 0xffff}, (_, code) => String.fromCharCode(code)).filter((one) =>
  own.test(one),
);
const plainText = fc.string({unit: fc.constantFrom(...plain), maxLength: 30});
const anyText = fc.string({unit: 'binary', maxLength: 10});
const index = fc.integer({min: -2, max: 40});

test.each([
  ['a plain text', plainText],
  ['any text', fc.tuple(plainText, anyText, plainText).map((parts) => parts.join(''))],
])('segments %s as the real one does', (_, texts) => {
  const [quick, real] = [new QuickSegmenter(), new Intl.Segmenter()];
  fc.assert(
    fc.property(texts, index, (text, at) => {
      expect([...quick.segment(text)]).toEqual([...real.segment(text)]);
      expect(quick.segment(text).containing(at)).toEqual(real.segment(text).containing(at));
    }),
  );
});

test('segments into words as the real one does', () => {
  const options = ['en', {granularity: 'word'}] as const;
  const text = 'two words';
  expect([...new QuickSegmenter(...options).segment(text)]).toEqual([
    ...new Intl.Segmenter(...options).segment(text),
  ]);
});
