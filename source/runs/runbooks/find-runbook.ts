import {existsSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {
  includedFrom,
  loadBytes,
  loadRunbook,
  parseRunbook,
  type LoadedRunbook,
  type Parse,
} from '../../runbook/load/load.ts';
import {shippedFile} from './prebuilt-runbooks.ts';
import {
  embeddedRunbooks,
  library,
  libraryRunbooks,
  runbooksFolder,
  shippedRunbooks,
} from './shipped-files.ts';
import {nameHint} from '../../cli/known-name.ts';
import {UsageError} from '../../cli/usage-error.ts';

/**
 * Loads a runbook by the name of a shipped one, by its file, or from standard input where it is called `-`. Throws {@link UsageError} when there is none or it
 * cannot be read, and InvalidRunbook when its content is wrong.
 */
export function findRunbook(nameOrFile: string, parse: Parse = parseRunbook): LoadedRunbook {
  const shipped = shippedRunbooks();
  if (shipped.includes(nameOrFile)) return loadShipped(`${nameOrFile}.yaml`);
  const others = libraryRunbooks();
  if (others.includes(nameOrFile)) return loadShipped(`${library}${nameOrFile}.yaml`);
  const file = nameOrFile;
  if (file === '') throw new UsageError(`name a runbook or its file; there are: ${shipped.join(', ')}`);
  if (file === '-') return fromStandardInput(parse);
  if (!existsSync(file)) {
    throw new UsageError(
      `there is no runbook and no file ${nameOrFile}; ${nameHint(nameOrFile, [...shipped, ...others])}`,
    );
  }
  if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file; name a runbook or its file`);
  try {
    return loadRunbook(file, parse);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || !(error instanceof Error)) throw error;
    throw new UsageError(`${file} cannot be read: ${code}`);
  }
}

/** The runbook that is piped in. Its includes are looked for in the current folder. */
function fromStandardInput(parse: Parse): LoadedRunbook {
  if (process.stdin.isTTY)
    throw new UsageError('- reads a runbook from standard input: pipe one in, or name its file');
  return loadBytes('standard input', readFileSync(0), parse);
}

function loadShipped(name: string): LoadedRunbook {
  if (embeddedRunbooks === undefined) return loadRunbook(join(runbooksFolder(), name));
  const files = Object.entries(embeddedRunbooks).map(([path, text]) => ({name: path, text}));
  const included = includedFrom(files);
  return parseRunbook(shippedFile(name), embeddedRunbooks[name] ?? '', (path) =>
    included(join(dirname(name), path)),
  );
}
