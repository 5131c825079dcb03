import {readFileSync, statSync} from 'node:fs';
import {maxFileBytes} from './parse-yaml.ts';
import {InvalidRunbook, type Problem} from './problem.ts';

/**
 * Reads a file's text, strictly: UTF-8 alone, and nothing that cannot be seen. Waits for no pipe and no device. Throws
 * {@link InvalidRunbook}, or the file system's error.
 */
export function readText(file: string): string {
  const stats = statSync(file);
  if (!stats.isFile()) throw new Error('it is not a file');
  if (stats.size > maxFileBytes) {
    throw at(file, '', 0, tooLong);
  }
  return strictText(file, readFileSync(file));
}

/** Returns the text of bytes that were read: UTF-8 alone, and nothing that cannot be seen. Throws {@link InvalidRunbook}. */
export function strictText(file: string, bytes: Uint8Array): string {
  if (bytes.length > maxFileBytes) throw at(file, '', 0, tooLong);
  const text = decoded(file, bytes);
  const problems = unseen(file, text);
  if (problems.length > 0) throw new InvalidRunbook(problems);
  return text;
}

const tooLong = `a runbook may have ${maxFileBytes / 1024} KiB`;

function decoded(file: string, bytes: Uint8Array): string {
  // The mark stays in the text: a resumed run compares the text's hash.
  const strict = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
  try {
    return strict.decode(bytes);
  } catch {
    const utf16 = bytes.length >= 2 && (bytes[0] ?? 0) >= 0xfe && (bytes[1] ?? 0) >= 0xfe;
    if (utf16) throw at(file, '', 0, 'this file is UTF-16; save it as UTF-8');
    // Every byte is a character there, so that offsets are those of the bytes.
    const latin = new TextDecoder('windows-1252').decode(bytes);
    const offset = wholeUntil(bytes);
    const byte = bytes.subarray(offset, offset + 1);
    const [code = 0] = byte;
    const sign = new TextDecoder('windows-1252').decode(byte);
    const meant = /^[\p{L}\p{P}\p{S}]$/u.test(sign) ? `, perhaps a ${sign} of Latin-1 or Windows-1252` : '';
    const message = `this file is not UTF-8: there is a byte 0x${code.toString(16).toUpperCase()}${meant}; save it as UTF-8`;
    throw at(file, latin, offset, message);
  }
}

/** Returns how many bytes from the start are whole UTF-8. */
function wholeUntil(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes);
  // A lenient reading gives the same bytes back up to the first that it had to replace.
  const lenient = Buffer.from(buffer.toString('utf8'));
  const length = Math.min(buffer.length, lenient.length);
  for (let index = 0; index < length; index += 1) if (buffer[index] !== lenient[index]) return index;
  return length;
}

/** Signs that look like a space or like nothing; letters of some scripts need the last two between them. */
const invisible =
  /[\u0080-\u00a0\u00ad\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\ufffd]|(?<!^)\ufeff|(?<![^\0-\u007f])(?:\u200c|\u200d|\u3000)|\r(?!\n)/g;

const names: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u202f': 'a narrow no-break space',
  '\u2028': 'a line separator',
  '\ufeff': 'a byte-order mark',
};

const maxProblems = 50;

function unseen(file: string, text: string): readonly Problem[] {
  const problems: Problem[] = [];
  for (const {0: sign, index} of text.matchAll(invisible)) {
    if (problems.length >= maxProblems || (sign === '\r' && problems.length > 0)) break;
    const problem = place(file, text, index, wordsFor(sign));
    if (!problem.source.trimStart().startsWith('#')) problems.push(problem);
  }
  return problems;
}

function wordsFor(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  if (sign === '\ufffd')
    return 'a character was lost here (U+FFFD): type it again, and save the file as UTF-8';
  if (sign === '\r')
    return 'a line ends in a lone carriage return here: save the file with the line ends of Unix';
  const name = names[sign] ?? 'an invisible character';
  return `there is ${name} here (U+${code}): type a plain space or nothing; where it is meant, write "\\u${code}" in double quotes`;
}

function at(file: string, text: string, offset: number, message: string): InvalidRunbook {
  return new InvalidRunbook([place(file, text, offset, message)]);
}

function place(file: string, text: string, offset: number, message: string): Problem {
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  return {file, line, column, message, source: (text.split('\n', line)[line - 1] ?? '').replace(/\r$/, '')};
}
