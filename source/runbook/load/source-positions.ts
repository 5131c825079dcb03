import {defined} from '../../data/defined.ts';
import {isMap, isScalar, isSeq, type Document, type LineCounter, type Node} from 'yaml';
import type {Problem} from './problem.ts';
import {sourceOffset} from './source-offset.ts';

/** A path into a document: member names and list positions. */
export type Path = readonly PropertyKey[];

/** Makes problems that know their place. */
export interface Places {
  /** A problem at the value of a path, or at the closest place above it that exists. */
  atPath(path: Path, message: string, suggestion?: string): Problem;
  /** A problem at a member's name. */
  atKey(path: Path, message: string, suggestion?: string): Problem;
  /** A problem within the text at a path, `offset` characters into its value. */
  atText(path: Path, offset: number, message: string, suggestion?: string): Problem;
}

/** Finds the line and column of a place in a YAML document. */
export class Positions implements Places {
  readonly #file: string;
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #counter: LineCounter;
  readonly #document: Document;

  constructor(file: string, text: string, counter: LineCounter, document: Document) {
    this.#file = file;
    this.#text = text;
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
      ...defined({suggestion}),
    };
  }

  atPath(path: Path, message: string, suggestion?: string): Problem {
    return this.atOffset(this.#find(path, 'value').offset, message, suggestion);
  }

  atKey(path: Path, message: string, suggestion?: string): Problem {
    return this.atOffset(this.#find(path, 'key').offset, message, suggestion);
  }

  atText(path: Path, offset: number, message: string, suggestion?: string): Problem {
    const {node, offset: start} = this.#find(path, 'value');
    if (
      !isScalar(node) ||
      typeof node.value !== 'string' ||
      node.range === null ||
      node.range === undefined
    ) {
      return this.atOffset(start, message, suggestion);
    }
    const source = this.#text.slice(start, node.range[1]);
    const within = sourceOffset(source, node.type ?? 'PLAIN', node.value, offset);
    return this.atOffset(start + within, message, suggestion);
  }

  #find(path: Path, want: 'key' | 'value'): {readonly node: unknown; readonly offset: number} {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, part] of path.entries()) {
      const last = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find(({key}) => isScalar(key) && String(key.value) === String(part));
        if (pair === undefined) return {node, offset};
        node = last && want === 'key' ? pair.key : pair.value;
        offset = startOf(node) ?? startOf(pair.key) ?? offset;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        offset = startOf(node) ?? offset;
      } else {
        return {node, offset};
      }
    }
    return {node, offset};
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
