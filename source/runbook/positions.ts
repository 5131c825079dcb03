import {isMap, isScalar, isSeq, type Document, type LineCounter, type Node} from 'yaml';
import type {Problem} from './problem.ts';

/** A path into a document: member names and list positions. */
export type Path = readonly PropertyKey[];

/** Finds the line and column of a place in a YAML document. */
export class Positions {
  readonly #file: string;
  readonly #lines: readonly string[];
  readonly #counter: LineCounter;
  readonly #document: Document;

  constructor(file: string, text: string, counter: LineCounter, document: Document) {
    this.#file = file;
    this.#lines = text.split(/\r?\n/);
    this.#counter = counter;
    this.#document = document;
  }

  /** A problem at a character offset of the text. */
  atOffset(offset: number, message: string, suggestion?: string): Problem {
    const {line, col} = this.#counter.linePos(offset);
    const source = this.#lines[line - 1] ?? '';
    return {
      file: this.#file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      message,
      source,
      ...(suggestion === undefined ? {} : {suggestion}),
    };
  }

  /** A problem at the value of a path, or at the closest place above it that exists. */
  atPath(path: Path, message: string, suggestion?: string): Problem {
    return this.atOffset(this.#offset(path, 'value'), message, suggestion);
  }

  /** A problem at a member's name. */
  atKey(path: Path, message: string, suggestion?: string): Problem {
    return this.atOffset(this.#offset(path, 'key'), message, suggestion);
  }

  #offset(path: Path, want: 'key' | 'value'): number {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, part] of path.entries()) {
      const last = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find(({key}) => isScalar(key) && String(key.value) === String(part));
        if (pair === undefined) return offset;
        node = last && want === 'key' ? pair.key : pair.value;
        offset = startOf(node) ?? startOf(pair.key) ?? offset;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        offset = startOf(node) ?? offset;
      } else {
        return offset;
      }
    }
    return offset;
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
