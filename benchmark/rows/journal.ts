import {closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Event} from '../../source/engine/model/events.ts';
import {JournalWriter} from '../../source/journal/write.ts';
import {recordedEvents} from '../support/recording.ts';
import {median, quantile} from '../support/median.ts';
import {milliseconds, times, type Section} from '../table.ts';

/** Appends in one measurement: each is on disk before the next begins. */
const appends = 2000;

/** Row 5: the journal beside a bare loop that writes the same bytes and syncs them. */
export async function journalRows(runs: number): Promise<Section> {
  const folder = mkdtempSync(join(process.env['HANDRAIL_BENCHMARK_DISK'] ?? tmpdir(), 'handrail-benchmark-'));
  try {
    const events = recordedEvents(appends);
    const rates: number[] = [];
    const bareRates: number[] = [];
    const waits: number[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const file = join(folder, `${run}.jsonl`);
      const took = await journaled(file, events);
      const bare = bareLoop(join(folder, `${run}.bare`), readFileSync(file));
      if (run === 0) continue;
      rates.push(events.length / sum(took));
      bareRates.push(events.length / sum(bare));
      waits.push(...took);
    }
    const ratio = median(rates) / median(bareRates);
    return {
      title: '5. The journal, one event a write, each on disk before the next',
      rows: [
        {name: 'bare write + fdatasync of the same bytes', figure: `${rateText(bareRates)} events/s`},
        {
          name: 'the journal',
          figure: `${rateText(rates)} events/s`,
          ratio: times(ratio, 'bare'),
          goal: '≥ 0.8 × bare',
          met: ratio >= 0.8,
        },
        {
          name: 'time a call waits for its fsync',
          figure: `${milliseconds(median(waits) * 1000)}, 99 % within ${milliseconds(quantile(waits, 0.99) * 1000)}`,
        },
      ],
    };
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Seconds that each append took. */
async function journaled(file: string, events: readonly Event[]): Promise<readonly number[]> {
  const journal = JournalWriter.create(file, 'benchmark');
  const took: number[] = [];
  for (const event of events) {
    const started = performance.now();
    await journal.append([event]);
    took.push((performance.now() - started) / 1000);
  }
  journal.close();
  return took;
}

function bareLoop(file: string, bytes: Buffer): readonly number[] {
  const lines = bytes
    .toString('utf8')
    .split(/(?<=\n)/)
    .filter((line) => line !== '');
  const descriptor = openSync(file, 'ax');
  const took = lines.map((line) => {
    const started = performance.now();
    writeSync(descriptor, line);
    fdatasyncSync(descriptor);
    return (performance.now() - started) / 1000;
  });
  closeSync(descriptor);
  return took;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const rateText = (rates: readonly number[]): string => Math.round(median(rates)).toLocaleString('en');
