import {isAlias, isScalar, LineCounter, parseDocument, visit, type Document, type YAMLError} from 'yaml';
import {Positions} from './source-positions.ts';
import {InvalidRunbook, type Problem} from './problem.ts';
import {upsetsTheRest, yamlWords} from './yaml-words.ts';

/** Largest runbook file, in bytes; the shipped ones have less than 10 KiB. */
export const maxFileBytes = 256 * 1024;
/** Deepest nesting of a runbook file, counted in brackets or in indentation before anything is composed. */
const maxNesting = 64;
/** Most lines and commas: each can begin an entry, and looking for double keys takes the square of them. */
const maxEntries = 5000;
/** Largest number of problems reported for one file. Readers begin at the first. */
const maxProblems = 50;

export interface ParsedYaml {
  readonly value: unknown;
  readonly positions: Positions;
}

/** Reads one YAML document, strictly: no aliases, tags, directives or duplicate keys. Throws {@link InvalidRunbook}. */
export function parseYaml(file: string, text: string): ParsedYaml {
  refuseTowers(file, text);
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    uniqueKeys: true,
    stringKeys: true,
    strict: true,
    // Nothing is logged in any case; `silent` would also pass over a second document.
    logLevel: 'error',
    prettyErrors: false,
  });
  const positions = new Positions(file, text, counter, document);
  const errors = [...document.errors, ...document.warnings].slice(0, maxProblems);
  // Problems after a structural error are mostly its consequences and mislead.
  const last = errors.findIndex(({code}) => upsetsTheRest(code));
  const found = errors
    .slice(0, last < 0 ? errors.length : last + 1)
    .map((error) => explained(error, positions.atOffset(error.pos[0], '')));
  const problems = unlike([...found, ...strange(document, positions)]);
  if (problems.length > 0) throw new InvalidRunbook(problems, 'yaml');
  trimExpressions(document);
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    throw new InvalidRunbook([
      positions.atOffset(0, 'there is nothing in this file; a runbook begins with `handrail: 1`'),
    ]);
  }
  return {value: document.toJS({maxAliasCount: 0}), positions};
}

/** Each problem once. */
function unlike(problems: readonly Problem[]): readonly Problem[] {
  const unlike = new Map(problems.map((one) => [`${one.line}:${one.column}:${one.message}`, one]));
  return [...unlike.values()].slice(0, maxProblems);
}

/** An error of the YAML library, in words for authors of runbooks. */
function explained({code, message}: YAMLError, problem: Problem): Problem {
  const words = yamlWords(code, message, problem.source, problem.column);
  // An expression with `: ` in it looks like a mapping to YAML.
  const start = /mapping/i.test(message) ? problem.source.indexOf('${{') : -1;
  if (start < 0) return {...problem, message: words};
  const quoted = 'put this text in quotes, or below `>-`: in a plain text, YAML takes `: ` for a mapping';
  return {...problem, column: start + 1, message: quoted};
}

/**
 * Below `|` or `>` an expression ends in a line break, which would make a text of it: an expression alone is taken
 * without.
 */
function trimExpressions(document: Document): void {
  visit(document, {
    Scalar(_, node) {
      const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
      if (block && typeof node.value === 'string' && /^\s*\$\{\{[\s\S]*\}\}\s*$/.test(node.value)) {
        node.value = node.value.trim();
      }
    },
  });
}

/** Things that YAML allows and that a runbook never needs. */
function strange(document: Document, positions: Positions): readonly Problem[] {
  const problems: Problem[] = [];
  if (document.directives?.docStart === true && document.directives.yaml.explicit === true) {
    problems.push(positions.atOffset(0, 'a runbook has no YAML directives'));
  }
  visit(document, {
    Node(key, node) {
      if (problems.length >= maxProblems) return visit.BREAK;
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node)) problems.push(positions.atOffset(offset, 'a runbook has no YAML aliases'));
      else if (node.tag !== undefined && 'source' in node === false && node.tag.startsWith('!')) {
        problems.push(positions.atOffset(offset, `a runbook has no YAML tags such as ${node.tag}`));
      }
      if (key === 'key' && isScalar(node) && node.value === '__proto__') {
        problems.push(positions.atOffset(offset, '__proto__ cannot be a name'));
      }
    },
  });
  return problems;
}

/** Control characters: YAML allows none of them but the tab and the line ends. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function refuseTowers(file: string, text: string): void {
  const whole = (message: string, line = 1): InvalidRunbook =>
    new InvalidRunbook([{file, line, column: 1, message, source: text.split('\n', line)[line - 1] ?? ''}]);
  if (Buffer.byteLength(text) > maxFileBytes) throw whole(`a runbook may have ${maxFileBytes / 1024} KiB`);
  let depth = 0;
  let entries = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (unprintable.test(line)) throw whole('there is a control character in this line', index + 1);
    entries += 1;
    for (const character of line) {
      if (character === ',') entries += 1;
      if (character === '[' || character === '{') depth += 1;
      if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
      if (depth > maxNesting) throw whole('nested too deep', index + 1);
    }
    const blocks = /^[\s\-?:]*/.exec(line)?.[0].length ?? 0;
    if (blocks > maxNesting * 4) throw whole('nested too deep', index + 1);
    if (entries > maxEntries) throw whole(`a runbook may have ${maxEntries} lines and commas`, index + 1);
  }
}
