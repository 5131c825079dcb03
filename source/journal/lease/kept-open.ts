import {closeSync, fstatSync, openSync, readSync, statfsSync, statSync} from 'node:fs';

/**
 * File systems that are on a disk of this host, or in its memory, by the numbers that Linux gives them: ext, XFS, Btrfs,
 * tmpfs and overlay. A name there leads to the file that it stands for. A client of NFS may answer out of a cache.
 */
const ofThisHost = new Set([0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630]);

/** A file that is kept open, so that no other file can be taken for it. */
export interface KeptOpen {
  /** Returns true if its name still stands for this file. Throws the system's error. */
  isNamed(): boolean;
  close(): void;
}

/**
 * Keeps a file open that begins with these bytes. Undefined where it does not, where its file system may be another
 * host's too, and where no further file can be opened.
 */
export function keptOpen(file: string, beginning: Buffer): KeptOpen | undefined {
  try {
    if (process.platform !== 'linux' || !ofThisHost.has(statfsSync(file).type)) return undefined;
    const descriptor = openSync(file, 'r');
    const found = Buffer.alloc(beginning.length);
    readSync(descriptor, found, 0, found.length, 0);
    const {dev, ino} = fstatSync(descriptor);
    if (!found.equals(beginning)) {
      closeSync(descriptor);
      return undefined;
    }
    return {
      isNamed: () => {
        const named = statSync(file, {throwIfNoEntry: false});
        return named?.ino === ino && named.dev === dev;
      },
      close: () => closeSync(descriptor),
    };
  } catch {
    return undefined;
  }
}
