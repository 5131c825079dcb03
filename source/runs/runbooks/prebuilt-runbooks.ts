import type {ReadyRunbook} from '../../runbook/load/load.ts';
import {embeddedRunbooks} from './shipped-files.ts';

/** A shipped runbook as a bundle carries it: read and checked when the bundle was made. */
export type BuiltRunbook = Pick<ReadyRunbook, 'runbook' | 'sha256'> & {
  /** Paths of the files that it includes, by the name that it calls them. */
  readonly included: Readonly<Record<string, string>>;
};

// A constant of a bundle (scripts/build/embedded.ts): JSON of a JSON text by file, so that only the one that is wanted
// is read. The source reads its runbooks each time.
declare const HANDRAIL_BUILT_RUNBOOKS: string | undefined;

/**
 * Returns a shipped runbook without loading the readers of YAML and of its schema. They take a tenth of a
 * second. Undefined for a file, and where nothing was prebuilt.
 */
export function readyRunbook(name: string): ReadyRunbook | undefined {
  if (typeof HANDRAIL_BUILT_RUNBOOKS === 'undefined' || embeddedRunbooks === undefined) return undefined;
  const texts = embeddedRunbooks;
  const file = `${name}.yaml`;
  const all = new Map(Object.entries(JSON.parse(HANDRAIL_BUILT_RUNBOOKS) as Record<string, string>));
  const built = all.get(file);
  if (built === undefined) return undefined;
  const {runbook, sha256, included} = JSON.parse(built) as BuiltRunbook;
  return {
    file: shippedFile(file),
    text: texts[file] ?? '',
    included: Object.entries(included).map(([as, path]) => ({name: as, text: texts[path] ?? ''})),
    sha256,
    runbook,
  };
}

/** No such file: a journal names it so, and a resumed run then relies on the journal's own copy of the text. */
export function shippedFile(name: string): string {
  return `handrail:/${name}`;
}
