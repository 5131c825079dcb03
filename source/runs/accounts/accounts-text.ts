import {isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Node} from 'yaml';
import {UsageError} from '../../cli/usage-error.ts';

/** Most problems that are said of one file. */
const maxProblems = 10;

/** A place in a file of accounts, with the readers of what stands there. Problems are gathered, and thrown by the file. */
export interface Place {
  readonly node: unknown;
  /** Notes a problem at this place. */
  wrong(message: string): undefined;
  /** The places of a list's entries; none where it is no list, which is a problem. */
  entries(what: string): readonly Place[];
  /** The place of a map's member, if it has it. */
  member(name: string): Place | undefined;
  /** The names of a map's members. */
  names(): readonly string[];
  /** The place of a member's name. */
  nameOf(member: string): Place;
  /** The text that stands here. A number is a problem: YAML would drop an id's leading zeros. */
  text(what: string): string | undefined;
}

/** A file of accounts. */
export interface AccountsText {
  readonly root: Place;
  /** Throws {@link UsageError} with the problems so far, each with its line. */
  check(): void;
}

/** Reads a text of YAML or JSON, which is YAML too. Throws {@link UsageError}. */
export function accountsText(file: string, text: string): AccountsText {
  const counter = new LineCounter();
  const document = parseDocument(text, {lineCounter: counter, logLevel: 'error', prettyErrors: false});
  const problems: string[] = [];
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  const [error] = document.errors;
  if (error !== undefined) {
    const what = error.message.split('\n')[0] ?? '';
    throw new UsageError(`${file}:${lineAt(error.pos[0])}: this is neither YAML nor JSON: ${what}`);
  }
  const resolved = (node: unknown): unknown =>
    isNode(node) && 'resolve' in node
      ? (node as unknown as {resolve(doc: unknown): unknown}).resolve(document)
      : node;

  const placeOf = (given: unknown, above: number): Place => {
    const node = resolved(given);
    const offset = (given as Node | null | undefined)?.range?.[0] ?? above;
    const wrong = (message: string): undefined => {
      problems.push(`${file}:${lineAt(offset)}: ${message}`);
    };
    const pairs = isMap(node) ? node.items : [];
    const named = (name: string) => pairs.find(({key}) => isScalar(key) && String(key.value) === name);
    return {
      node,
      wrong,
      entries: (what) => {
        if (isSeq(node)) return node.items.map((item) => placeOf(item, offset));
        wrong(`${what} must be a list`);
        return [];
      },
      member: (name) => {
        const pair = named(name);
        const value = resolved(pair?.value);
        const absent = pair === undefined || value === null || (isScalar(value) && value.value === null);
        return absent ? undefined : placeOf(pair.value, (pair.key as Node).range?.[0] ?? offset);
      },
      names: () => pairs.map(({key}) => (isScalar(key) ? String(key.value) : '')),
      nameOf: (name) => placeOf(named(name)?.key, offset),
      text: (what) => {
        if (isScalar(node) && typeof node.value === 'string' && node.value !== '') return node.value;
        if (isScalar(node) && typeof node.value === 'number') {
          const written = node.source ?? String(node.value);
          return wrong(
            `${what} is the plain number ${written}, whose leading zeros YAML drops: write '${written}', in quotation marks`,
          );
        }
        return wrong(`${what} must be a text`);
      },
    };
  };

  return {
    root: placeOf(document.contents, 0),
    check: () => {
      if (problems.length === 0) return;
      const more = problems.length - maxProblems;
      const shown = problems.slice(0, maxProblems);
      throw new UsageError([...shown, ...(more > 0 ? [`and ${more} more problems`] : [])].join('\n'));
    },
  };
}
