import {isDeepStrictEqual} from 'node:util';
import {parseDocument, Lexer, type Document} from 'yaml';
import {jsonSchemaOf} from '../../runbook/language/json-schema.ts';
import {strictValue} from '../../runbook/load/load-other.ts';
import {testJsonSchema} from '../tests/language.ts';
import {KeptScalars} from './kept-scalars.ts';
import {orderMembers} from './member-order.ts';

/** Longest line that a flow collection stands on, in characters. */
const lineWidth = 110;

/** Prints of a print after which it must be stable. */
const mostPrints = 4;

/** A file whose print would not be the same file: it is left as it is. */
export class NotFormatted extends Error {
  override readonly name = 'NotFormatted';
}

/**
 * Returns a runbook, a file of shared steps or a test file in the one form: members in the order of the language, one
 * way of spacing. Comments stay, and so do the line breaks of texts. Throws InvalidRunbook for a file that is no strict
 * YAML, and {@link NotFormatted}.
 */
export function formatted(file: string, source: string): string {
  const value = strictValue(file, source);
  let print = printed(source);
  for (let count = 0; count < mostPrints; count += 1) {
    const again = printed(print);
    if (again === print) break;
    print = again;
  }
  if (
    !isDeepStrictEqual(strictValue(file, print), value) ||
    !isDeepStrictEqual(comments(print), comments(source))
  ) {
    throw new NotFormatted(
      `${file} cannot be formatted without a change of what it says: it was left as it is`,
    );
  }
  return print;
}

function printed(source: string): string {
  const text = source.replace(/^\ufeff/, '');
  const document = parseDocument(text, {stringKeys: true});
  const kept = new KeptScalars(document, text);
  orderMembers(document.contents, schemaOf(document));
  const print = document.toString({
    lineWidth,
    indentSeq: true,
    flowCollectionPadding: false,
    singleQuote: true,
  });
  return kept.putBack(print);
}

/** The schema of the kind of file that it is. */
function schemaOf(document: Document): object {
  if (document.has('cases')) return testJsonSchema();
  return jsonSchemaOf(document.has('name') || document.has('title') ? 'runbook' : 'step-list');
}

/** The comments of a file, without their order: members may change places. */
function comments(source: string): readonly string[] {
  const tokens = [...new Lexer().lex(source)];
  return tokens
    .filter((token) => token.startsWith('#'))
    .map((token) => token.trimEnd())
    .sort();
}
