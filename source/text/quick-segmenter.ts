import {plainCharacters} from './show.ts';

/** Texts that need no segmenting: each character stands alone. Line breaks and color sequences are included. */
const eachAlone = new RegExp(`^[\\n\\x1b${plainCharacters}]*$`);

const {Segmenter} = Intl;

type Options = ConstructorParameters<typeof Intl.Segmenter>;
type Segments = Iterable<Intl.SegmentData> & Pick<Intl.Segments, 'containing'>;

/**
 * An `Intl.Segmenter` that does without the real one as long as a text is plain: the first one of a process takes 10 ms,
 * and walking through a text with it is slow. A bundle gives it to Ink's packages in place of the real one.
 */
export class QuickSegmenter {
  readonly #options: Options;
  #real: Intl.Segmenter | undefined;

  constructor(...options: Options) {
    this.#options = options;
  }

  segment(text: string): Segments {
    const {granularity = 'grapheme'} = this.#options[1] ?? {};
    if (granularity === 'grapheme' && eachAlone.test(text)) return charactersOf(text);
    this.#real ??= new Segmenter(...this.#options);
    return this.#real.segment(text);
  }
}

function charactersOf(text: string): Segments {
  const at = (index: number): Intl.SegmentData => ({segment: text.charAt(index), index, input: text});
  return {
    containing: (index = 0) => (index >= 0 && index < text.length ? at(Math.trunc(index)) : undefined),
    *[Symbol.iterator]() {
      for (let index = 0; index < text.length; index += 1) yield at(index);
    },
  };
}
