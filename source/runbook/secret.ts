import {randomUUID} from 'node:crypto';

/** A way in which services write a text within another one. */
interface Form {
  /** Stands for the value in this form. */
  readonly mask: string;
  readonly value: string;
}

/** Any secret's mask, in any form. */
const anyMask = /<secret \w+ [0-9a-f]{8}( url| json| base64)?>/;

/** Shortest value that is looked for in Base64, in characters: a shorter one is met by chance. */
const leastForBase64 = 8;

/**
 * The value of a `secret` input. Everything that is kept or shown has the mask in its place: the run's state, its
 * expressions and the journal. The value itself is put in only while a request is on its way out.
 */
export class Secret {
  /** Stands for the value. No answer can contain it by chance, so nothing else is ever taken for it. */
  readonly mask: string;
  readonly #forms: readonly Form[];

  constructor(name: string, value: string, mask = `<secret ${name} ${randomUUID().slice(0, 8)}>`) {
    this.mask = mask;
    this.#forms = formsOf(mask, value);
  }

  /** A text as it is to be sent. */
  reveal(text: string): string {
    return this.#forms.reduce((one, form) => one.replaceAll(form.mask, () => form.value), text);
  }

  /** A text as it may be kept. */
  conceal(text: string): string {
    return this.#forms.reduce((one, form) => one.replaceAll(form.value, () => form.mask), text);
  }

  toJSON(): string {
    return this.mask;
  }
}

/** Returns true for a text with a mask in it. It is no text to send: the secret is not known. */
export function holdsMask(text: string): boolean {
  return anyMask.test(text);
}

/** The value as it is, and as it stands in a URL, in JSON and in Base64 where it looks otherwise there. */
function formsOf(mask: string, value: string): readonly Form[] {
  if (value === '') return [];
  const form = (name: string, written: string): readonly Form[] =>
    written === value ? [] : [{mask: mask.replace(/>$/, ` ${name}>`), value: written}];
  return [
    {mask, value},
    ...form('url', encodeURIComponent(value)),
    ...form('json', JSON.stringify(value).slice(1, -1)),
    ...(value.length < leastForBase64 ? [] : form('base64', Buffer.from(value).toString('base64'))),
  ];
}
