import {isMap, isScalar, isSeq, parseDocument, type Node} from 'yaml';
import type {Path} from '../../runbook/load/source-positions.ts';

/** What stands at a place of a YAML text. */
export interface WrittenAt {
  /** To the value, or to the name of a member, at the place. */
  readonly path: Path;
  /** The place is in the name of the last member of the path. */
  readonly isKey: boolean;
  /** The whole document, as far as it can be read. */
  readonly value: unknown;
}

/** Finds what stands at an offset of a text that may be unfinished. Undefined where nothing can be read. */
export function writtenAt(text: string, offset: number): WrittenAt | undefined {
  const document = parseDocument(text, {stringKeys: true, logLevel: 'silent'});
  const path: PropertyKey[] = [];
  let node: unknown = document.contents;
  let isKey = false;
  while (node !== undefined && !isKey) {
    const at: {part: PropertyKey; node: unknown; isKey: boolean} | undefined = partAt(node, offset);
    if (at === undefined) break;
    path.push(at.part);
    ({node, isKey} = at);
  }
  try {
    return {path, isKey, value: document.toJS({maxAliasCount: 0}) as unknown};
  } catch {
    // Aliases: no runbook has them.
    return undefined;
  }
}

function partAt(
  node: unknown,
  offset: number,
): {part: PropertyKey; node: unknown; isKey: boolean} | undefined {
  if (isMap(node)) {
    for (const {key, value} of node.items) {
      if (!isScalar(key)) continue;
      if (covers(key, offset)) return {part: String(key.value), node: value, isKey: true};
      if (covers(value, offset)) return {part: String(key.value), node: value, isKey: false};
    }
  }
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => covers(item, offset));
    if (index >= 0) return {part: index, node: node.items[index], isKey: false};
  }
  return undefined;
}

function covers(node: unknown, offset: number): boolean {
  const range = (node as Node | null | undefined)?.range;
  return range !== null && range !== undefined && range[0] <= offset && offset <= range[1];
}

/** Returns the value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return found;
}
