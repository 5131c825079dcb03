import {createHash} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {partsOf} from './parts.ts';

/** What is bundled, and into what. */
export interface BundleOptions {
  /** Path of the first module, from the project's root. */
  readonly entry: string;
  readonly outfile: string;
}

/**
 * Bundles a program with all that it imports into one ES module. Returns the files that went into it. Its first line
 * says where its two parts are, for the quick start (entry.cjs), which reads and runs them one by one.
 */
export async function bundle({entry, outfile}: BundleOptions): Promise<{inputs: readonly string[]}> {
  const {first, later, inputs} = await partsOf(entry);
  const pieces = [
    "import {createRequire} from 'node:module';\nconst first =\n",
    `(async (handrailParts) => {'use strict'; const {require} = handrailParts;\n${first}})`,
    ';\nconst later =\n',
    `((handrailParts) => {'use strict'; const {require} = handrailParts;\n${later}})`,
    tail,
  ];
  const hash = createHash('sha256').update(pieces.join('')).digest('hex').slice(0, 16);
  // As wide as any: places are counted from the start of the file.
  const head = (places: readonly number[]): string =>
    `// parts ${hash} ${places.join(' ')}`.padEnd(79) + '\n';
  const before = (piece: number): string => [head([]), ...pieces.slice(0, piece)].join('');
  const place = (piece: number): number[] => [
    before(piece).length,
    pieces[piece]?.length ?? 0,
    before(piece).split('\n').length - 1,
  ];
  const text = [head([...place(1), ...place(3)]), ...pieces].join('');
  // A single other letter makes all of it two bytes a letter in memory, and slower to read.
  const other = /.{0,40}[\u0080-\uffff].{0,40}/.exec(text);
  if (other !== null) throw new Error(`a bundle is ASCII; write it as an escape: ${other[0]}`);
  writeFileSync(outfile, text);
  return {inputs};
}

/**
 * Runs the module as a whole, as an import of it does. For a module inside its executables Bun would look for packages in
 * the current folder: it is given a place outside.
 */
const tail = `;
await first({
  url: import.meta.url,
  require: createRequire(process.versions.bun ? process.execPath : import.meta.url),
  later(name) {
    later(this);
    return this.later(name);
  },
});
`;
