import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parseRunbook, type LoadedRunbook} from '../../runbook/load/load.ts';

/** Loads a runbook's text as an editor has it. Its includes are read from disk. Throws InvalidRunbook. */
export function loadText(file: string, text: string): LoadedRunbook {
  return parseRunbook(file, text, (name) => readFileSync(join(dirname(file), name), 'utf8'));
}
