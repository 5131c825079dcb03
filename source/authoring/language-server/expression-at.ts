import {lookUp} from '../../aws/catalogue/operation-models.ts';
import {reachOf, type Reach} from '../../runbook/check/reach.ts';
import {resolveOperations} from '../../runbook/check/resolve-operations.ts';
import {loadText, type LoadedRunbook} from '../../runbook/load/load.ts';
import {parseAny} from '../../runbook/load/shared-steps/load-alone.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import type {PathAt} from './path-at.ts';

/** A text in the place of the path: no runbook has it. */
const mark = 'handrail-cursor';

/**
 * Returns what the expression that a path stands in can reach. The path itself is left out, as it is unfinished;
 * undefined where the rest of the file cannot be read either.
 */
export async function reachAt(file: string, text: string, path: PathAt): Promise<Reach | undefined> {
  const loaded = load(file, withMark(text, path));
  if (loaded === undefined) return undefined;
  const {operations} = await resolveOperations(loaded.runbook, lookUp);
  return reachOf(loaded, operations, mark, path.within);
}

/** The text with a literal in the place of the path, and its expression closed where that is open. */
function withMark(text: string, {owner, name, start}: PathAt): string {
  const from = start - owner.length - (owner !== '' && text[start - 1] === '.' ? 1 : 0);
  const after = text.slice(start + name.length);
  const lineEnd = after.indexOf('\n');
  const line = lineEnd < 0 ? after : after.slice(0, lineEnd);
  const opened = text.slice(text.lastIndexOf('${{', from) + 3, from);
  const closing = line.includes('}}') ? '' : `${closers(opened)} }}`;
  return `${text.slice(0, from)}'${mark}'${closing}${after}`;
}

/** The brackets that are missing at the end of a part of an expression. */
function closers(before: string): string {
  const pairs: Readonly<Record<string, string>> = {'(': ')', '[': ']', '{': '}'};
  const open: string[] = [];
  for (const character of before) {
    const closer = pairs[character];
    if (closer !== undefined) open.unshift(closer);
    else if (character === open[0]) open.shift();
  }
  return open.join('');
}

function load(file: string, text: string): LoadedRunbook | undefined {
  try {
    return loadText(file, text, parseAny);
  } catch (error) {
    if (error instanceof InvalidRunbook) return undefined;
    throw error;
  }
}
