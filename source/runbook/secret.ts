import {randomUUID} from 'node:crypto';

/**
 * The value of a `secret` input. Everything that is kept or shown has the mask in its place: the run's state, its
 * expressions and the journal. The value itself is put in only while a request is on its way out.
 */
export class Secret {
  /** Stands for the value. No answer can contain it by chance, so nothing else is ever taken for it. */
  readonly mask: string;
  readonly #value: string;

  constructor(name: string, value: string, mask = `<secret ${name} ${randomUUID().slice(0, 8)}>`) {
    this.mask = mask;
    this.#value = value;
  }

  /** A text as it is to be sent. */
  reveal(text: string): string {
    return text.replaceAll(this.mask, () => this.#value);
  }

  /** A text as it may be kept. */
  conceal(text: string): string {
    return this.#value === '' ? text : text.replaceAll(this.#value, () => this.mask);
  }

  toJSON(): string {
    return this.mask;
  }
}
