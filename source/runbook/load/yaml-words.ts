import type {ErrorCode} from 'yaml';

/** Advice to authors for each error of the YAML library, whose messages address programmers. */
const words: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'a runbook has no YAML aliases; a text that begins with * goes in quotes',
  BAD_ALIAS: 'a runbook has no YAML aliases; a text that begins with * goes in quotes',
  BAD_COLLECTION_TYPE: 'a runbook has no YAML tags; a text that begins with ! goes in quotes',
  BAD_DIRECTIVE: 'a runbook has no YAML directives; a line cannot begin with %',
  BAD_DQ_ESCAPE: 'this means nothing in double quotes: use single quotes, or write each \\ twice',
  BAD_INDENT: 'this line is indented unlike its neighbors',
  BAD_PROP_ORDER: 'a runbook has no YAML tags and anchors; a text that begins with ! or & goes in quotes',
  BAD_SCALAR_START: 'put this text in quotes: a plain text cannot begin with this sign',
  BLOCK_AS_IMPLICIT_KEY: 'this line is indented unlike its neighbors',
  BLOCK_IN_FLOW: 'within { } and [ ] an entry cannot begin with - or be indented; write it with commas',
  DUPLICATE_KEY: 'this name is there already',
  IMPOSSIBLE: 'this cannot be read; look at the quotes, brackets and indentation before it',
  KEY_OVER_1024_CHARS: 'this name is too long; is a quote or a bracket before it not closed?',
  MISSING_CHAR: 'a sign is missing before this: a colon, a dash, a comma or a closing bracket',
  MULTILINE_IMPLICIT_KEY: 'this line is indented unlike its neighbors, or a colon is missing in it',
  MULTIPLE_ANCHORS: 'a runbook has no YAML anchors; a text that begins with & goes in quotes',
  MULTIPLE_DOCS: 'a file holds one runbook, and this --- begins a second one; give it a file to itself',
  MULTIPLE_TAGS: 'a runbook has no YAML tags; a text that begins with ! goes in quotes',
  NON_STRING_KEY: 'a name before a colon is a plain text',
  RESOURCE_EXHAUSTION: 'nested too deep',
  TAB_AS_INDENT: 'indent with spaces: YAML allows no tab here',
  TAG_RESOLVE_FAILED: 'a runbook has no YAML tags; a text that begins with ! goes in quotes',
  UNEXPECTED_TOKEN: 'this cannot be read; look at the quotes, brackets and indentation before it',
};

/** Codes of errors that concern one place and not the rest of the file. */
const harmless: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DUPLICATE_KEY',
  'TAG_RESOLVE_FAILED',
  'BAD_DQ_ESCAPE',
]);

/** Returns true if later errors are probably consequences of this one. */
export function upsetsTheRest(code: ErrorCode): boolean {
  return !harmless.has(code);
}

/** Returns the words for an error at `column` of the line `source`. `message` is the library's. */
export function yamlWords(code: ErrorCode, message: string, source: string, column: number): string {
  const before = source.slice(0, column - 1);
  if (/mapping/i.test(message) && /^\s*(- )?[\w-]+: .*\S:(\s|$)/.test(source)) {
    return 'put this text in quotes, or below `>-`: in a plain text, YAML takes `: ` for a mapping';
  }
  if (/^\s*-[a-zA-Z]/.test(source)) return 'write a space after the dash';
  if (code !== 'DUPLICATE_KEY' && code !== 'MULTIPLE_DOCS' && /^\s*(- )?[\w-]+:[^\s/:]/.test(source)) {
    return 'write a space after the colon';
  }
  if (/^\t| \t/.test(before)) return words.TAB_AS_INDENT;
  if (/closing ["']/.test(message)) return 'a quote that was opened before is not closed';
  if (/end with a [}\]]/.test(message)) {
    return `a bracket that was opened before is not closed with ${/\]/.test(message) ? ']' : '}'}`;
  }
  return words[code];
}
