import type {Mutant} from '../mutant.ts';

const read = 'source/journal/read.ts';
const write = 'source/journal/write.ts';

/** Bytes on disk, and the trust in them. */
export const journalMutants: readonly Mutant[] = [
  {
    file: write,
    find: 'while (done < bytes.length) done += writeSync',
    replace: 'done += writeSync',
    breaks: 'a short write is gone on with',
    reaches: 'journaled',
  },
  {
    file: write,
    find: 'await this.#sync();',
    replace: 'void this.#sync();',
    breaks: 'an append waits for the disk',
    reaches: 'sent',
  },
  {
    file: write,
    find: 'if (this.#broken !== undefined) throw this.#broken;',
    replace: '',
    breaks: 'a journal that failed once is not written to again',
    reaches: 'journaled',
  },
  {
    file: write,
    find: 'if (open.size !== this.#bytes) throw',
    replace: 'if (false as boolean) throw',
    breaks: 'a journal that something else wrote to is not gone on with',
    reaches: 'journaled',
  },
  {
    file: write,
    find: 'if (open.ino !== named.ino || open.dev !== named.dev) throw',
    replace: 'if (false as boolean) throw',
    breaks: 'another file in its place is not taken for the journal',
    reaches: 'journaled',
  },
  {
    file: write,
    find: 'ftruncateSync(writer.#descriptor, bytes);',
    replace: '',
    breaks: 'a torn end is cut off before the journal goes on',
    reaches: 'journaled',
  },
  {
    file: write,
    find: 'index < events.length - 1',
    replace: 'false',
    breaks: 'events of one write count together or not at all',
    reaches: 'sent',
  },
  {
    file: write,
    find: 'openSync(file, flags, 0o600)',
    replace: 'openSync(file, flags, 0o644)',
    breaks: 'a journal is its owner’s only',
    reaches: 'journaled',
  },
  {
    file: read,
    find: 'if (!record.more) whole =',
    replace: 'whole =',
    breaks: 'records of a write that was torn do not count',
    reaches: 'sent',
  },
  {
    file: read,
    find: 'if (hashOf(previous, body) !== hash) {',
    replace: 'if (false as boolean) {',
    breaks: 'a line that was changed is not believed',
    reaches: 'sent',
  },
  {
    file: read,
    find: 'if (line > 1 && record.run !== run) throw',
    replace: 'if (false as boolean) throw',
    breaks: 'a record of another run is not believed',
    reaches: 'journaled',
  },
  {
    file: read,
    find: 'if (version <= journalVersion) return;',
    replace: 'if (version <= 1000) return;',
    breaks: 'a journal of a later version is refused',
    reaches: 'journaled',
  },
  {
    file: 'source/journal/record.ts',
    find: 'update(previous).update(body)',
    replace: 'update(body)',
    breaks: 'each hash covers the one before it',
    reaches: 'journaled',
  },
  {
    file: 'source/journal/lock.ts',
    find: 'if (other === undefined) return lockAgain(file, address, atMs);\n    throw',
    replace: 'if (other === undefined) return lockAgain(file, address, atMs);\n    if (atMs < 0) throw',
    breaks: 'a second process does not run the same journal',
    reaches: 'sent',
  },
  {
    file: 'source/journal/lock.ts',
    find: 'realpathSync(file)).digest',
    replace: 'file).digest',
    breaks: 'a journal is locked whichever name it is reached by',
    reaches: 'sent',
  },
  {
    file: 'source/journal/follow.ts',
    find: 'this.#bytes += bytes;',
    replace: 'this.#bytes += added.length;',
    breaks: 'a follower reads again what was not whole yet',
    reaches: 'shown',
  },
  {
    file: 'source/journal/folder.ts',
    find: 'mode: 0o700',
    replace: 'mode: 0o755',
    breaks: 'the folder of journals is its owner’s only',
    reaches: 'journaled',
  },
  {
    file: 'source/journal/folder.ts',
    find: 'state !== undefined && isAbsolute(state)',
    replace: "state !== undefined && state !== ''",
    breaks: 'a relative state folder is ignored',
    reaches: 'journaled',
  },
];
