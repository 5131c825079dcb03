/** Reading of a stressed word: `good` confirms, `warn` asks for attention, `bad` reports harm or an unknown. */
type Tone = 'good' | 'warn' | 'bad' | 'quiet';

/**
 * A piece of a sentence. A plain string is Handrail's own wording. `code` is data that a machine said or that is to be
 * typed; `data` is data that reads as text. Writers escape both kinds of data.
 */
export type Piece =
  | string
  | {readonly code: string}
  | {readonly data: string}
  /** Data that leads to a page beside this one, where the writer has pages. */
  | {readonly link: string; readonly page: string}
  | {readonly strong: string; readonly tone?: Tone}
  | {readonly toned: string; readonly tone: Tone};

/** A sentence in pieces. */
export type Phrase = readonly Piece[];

/** An entry of a list, with the entries below it. */
export interface Item {
  readonly text: Phrase;
  readonly items?: readonly Phrase[];
}

/** A part of a section. `otherwise` stands in for an empty list; `folded` is a list that a page may fold away. */
export type Block =
  | {readonly kind: 'text'; readonly text: Phrase}
  | {readonly kind: 'facts'; readonly facts: readonly Fact[]}
  | {readonly kind: 'list'; readonly items: readonly Item[]; readonly otherwise: string}
  | {readonly kind: 'folded'; readonly summary: string; readonly items: readonly Item[]}
  | {
      readonly kind: 'table';
      readonly heading: readonly string[];
      readonly rows: readonly (readonly Phrase[])[];
    };

/** A name and its value. */
export type Fact = readonly [name: string, value: Phrase];

/** A section of a report. `id` is unique within the report. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The head of a report: the verdict on the run and the facts that identify it. */
export interface Heading {
  readonly mode: string;
  readonly title: string;
  readonly verdict: {readonly text: string; readonly tone: Tone};
  readonly message: string;
  readonly facts: readonly Fact[];
}

/** Joins phrases with a separator. */
export function joined(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}
