import {Scalar, visit, type Document} from 'yaml';

/** A text of the source that is written again as it is. */
interface Kept {
  /** Its lines, but for the indentation of the second and later ones. */
  readonly lines: readonly string[];
  /** It stands below its header, which a comment may follow. */
  readonly isBlock: boolean;
}

/** Texts as their authors broke them into lines, taken out of a document and put back into its print. */
export class KeptScalars {
  readonly #kept = new Map<string, Kept>();
  /** Begins each word, and nothing in the source. */
  readonly #prefix: string;

  /** Puts a word in the place of each text of the document that is not simple. */
  constructor(document: Document, source: string) {
    let prefix = '~kept';
    while (source.includes(prefix)) prefix += 't';
    this.#prefix = prefix;
    visit(document, {
      Scalar: (key, node) => {
        const kept = key === 'key' ? undefined : keptOf(node, source);
        if (kept === undefined) return undefined;
        const word = this.#wordFor(kept);
        this.#kept.set(word, kept);
        const stand = new Scalar(word);
        stand.type = Scalar.PLAIN;
        if (node.comment !== undefined) stand.comment = node.comment;
        if (node.commentBefore !== undefined) stand.commentBefore = node.commentBefore;
        if (node.spaceBefore !== undefined) stand.spaceBefore = node.spaceBefore;
        return stand;
      },
    });
  }

  /** The print with the texts in it. */
  putBack(print: string): string {
    const lines = print.split('\n').flatMap((line) => this.#withTexts(line));
    return lines.join('\n');
  }

  #withTexts(line: string): readonly string[] {
    let whole = line;
    const below: string[] = [];
    for (const [word] of line.matchAll(new RegExp(`${this.#prefix}\\d+~x*`, 'g'))) {
      const kept = this.#kept.get(word);
      if (kept === undefined) continue;
      const [first = '', ...rest] = kept.lines;
      const indented = rest.map((text) => (text === '' ? '' : ' '.repeat(this.#indentBelow(line)) + text));
      if (kept.isBlock) below.push(...indented);
      whole = whole.replace(word, () => (kept.isBlock ? first : [first, ...indented].join('\n')));
    }
    return [whole, ...below];
  }

  /** Column of what stands below a line: two further than its member, or than the dash of its entry. */
  #indentBelow(line: string): number {
    const lead = /^\s*(?:- )*/.exec(line)?.[0].length ?? 0;
    return line.startsWith(this.#prefix, lead) ? lead : lead + 2;
  }

  /** A word that is as long as the text, so that lines are broken where they are too long with it. */
  #wordFor({lines, isBlock}: Kept): string {
    const word = `${this.#prefix}${this.#kept.size}~`;
    const length = isBlock || lines.length > 1 ? 0 : (lines[0] ?? '').length;
    return word + 'x'.repeat(Math.max(0, length - word.length));
  }
}

function keptOf(node: Scalar, source: string): Kept | undefined {
  const {range, type} = node;
  if (range === null || range === undefined) return undefined;
  const text = source.slice(range[0], range[1]).replaceAll('\r\n', '\n');
  if (type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL) return keptBlock(text);
  // Numbers, short words and the like are printed as they are in any case.
  if (text === '' || (type === Scalar.PLAIN && !/[\s\n]/.test(text))) return undefined;
  // A space after a backslash is one that counts.
  const ended = text.split('\n').map((line) => line.replace(/(?<!\\)[ \t]+$/, ''));
  const lines = ended.map((line, at) => (at === 0 ? line : line.trimStart()));
  return {lines, isBlock: false};
}

function keptBlock(text: string): Kept | undefined {
  const [head = '', ...all] = text.split('\n');
  const header = head.replace(/\s+#.*$/, '').trimEnd();
  const body = all.slice(0, all.findLastIndex((line) => line.trim() !== '') + 1);
  const first = body.find((line) => line.trim() !== '');
  // Empty lines that count, and an indentation that is counted from a parent's, are left to the library.
  if (first === undefined || /[\d+]/.test(header)) return undefined;
  const indent = /^ */.exec(first)?.[0].length ?? 0;
  return {lines: [header, ...body.map((line) => line.slice(indent))], isBlock: true};
}
