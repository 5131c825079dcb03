import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {CorruptJournal, parseJournal} from '../../source/journal/read.ts';
import {simulatedRun} from '../support/simulated-run.ts';

/** Where each write to the journal ends, how many records there are by then, and the hash of the last. */
interface Write {
  readonly end: number;
  readonly records: number;
  readonly hash: string;
}

let bytes: Buffer;
let writes: readonly Write[];
beforeAll(async () => {
  const {journal} = await simulatedRun({scenario: join(import.meta.dirname, 'one-region.yaml')});
  bytes = readFileSync(journal ?? '');
  const found: Write[] = [];
  let records = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start) + 1;
    const line = JSON.parse(bytes.toString('utf8', start, end)) as {hash: string; more?: true};
    records += 1;
    if (line.more !== true) found.push({end, records, hash: line.hash});
    start = end;
  }
  writes = found;
});

/**
 * The lengths that the journal is cut to: around the end of each write, and every 13th besides. With HANDRAIL_MATRIX=all
 * each length, as `npm run test:crash` has it.
 */
function lengths(): readonly number[] {
  const ends = writes.flatMap(({end}) => [end - 1, end, end + 1]);
  const every = process.env['HANDRAIL_MATRIX'] === 'all' ? 1 : 13;
  const spread = Array.from({length: Math.floor(bytes.length / every) + 1}, (_, index) => index * every);
  return [...new Set([...ends, ...spread])]
    .filter((length) => length <= bytes.length)
    .toSorted((a, b) => a - b);
}

describe("a real run's journal, cut off wherever it may be", () => {
  it('gives exactly the records of the whole writes, or is refused while there is none', () => {
    let longestRefused = -1;
    let whole = 0;
    for (const length of lengths()) {
      while (whole < writes.length && (writes[whole]?.end ?? 0) <= length) whole += 1;
      let read: ReturnType<typeof parseJournal>;
      try {
        read = parseJournal('cut.jsonl', bytes.subarray(0, length));
      } catch (error) {
        if (!(error instanceof CorruptJournal) || whole > 0) throw error;
        longestRefused = length;
        continue;
      }
      const last = writes[whole - 1];
      // The hash of the last record covers every record before it.
      const right = read.events.length === last?.records && read.head === last.hash;
      if (!right || read.tornBytes !== length - last.end) {
        throw new Error(`misread when cut off at byte ${length}`);
      }
    }
    expect(longestRefused).toBe((writes[0]?.end ?? 0) - 1);
    expect(writes.length).toBeLessThan(writes.at(-1)?.records ?? 0);
    expect(bytes.length).toBeGreaterThan(10_000);
  });

  it('can be gone on with from wherever it was cut: the state is what the whole writes add up to', () => {
    const {events} = parseJournal('whole.jsonl', bytes);
    for (const {end, records} of writes) {
      const cut = parseJournal('cut.jsonl', bytes.subarray(0, Math.min(end + 40, bytes.length)));
      expect(cut.events.reduce(evolve, initialState)).toEqual(
        events.slice(0, records).reduce(evolve, initialState),
      );
    }
  });
});
