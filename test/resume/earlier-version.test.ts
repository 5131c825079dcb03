import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import {genesis, hashOf} from '../../source/journal/record.ts';
import {readJournal} from '../../source/journal/read.ts';
import {Timeline} from '../../source/replay/timeline.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {htmlOf} from '../../source/report/html/page.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {reportSchema} from '../../source/report/model.ts';
import {inputsOf, openBench, type Bench} from './cut-off.ts';
import {twoRegions} from './one-region.ts';

// Written on 2026-11-26 by the version before consent covered exact requests, against two simulated Regions.
const folder = join(import.meta.dirname, '../fixtures/journals-of-0.1.0');
const names = ['waived', 'cut-off-in-a-change', 'interrupted-in-a-wait'] as const;

function journal(name: (typeof names)[number]): ReturnType<typeof readJournal> {
  return readJournal(join(folder, `${name}.jsonl`));
}

/** Names another simulator in the first record. Resuming refuses a run whose requests went elsewhere. */
function atEndpoint(text: string, endpoint: string): string {
  let previous = genesis;
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const body = line
        .replace(/,"hash":"[^"]+"\}$/, '}')
        .replace(/"endpoint":"127\.0\.0\.1:\d+"/, `"endpoint":"${new URL(endpoint).host}"`);
      previous = hashOf(previous, body);
      return `${body.slice(0, -1)},"hash":"${previous}"}\n`;
    });
  return lines.join('');
}

describe.each(names)('the journal “%s” of an earlier version', (name) => {
  it('replays: each moment equals evolving from the start', () => {
    const {events} = journal(name);
    const timeline = new Timeline(events);
    expect(timeline.events).toHaveLength(events.length);
    expect(evolveAll(initialState, events).started?.run).toMatch(/^\d{8}T/);
  });

  it('is reported in every format', () => {
    const read = journal(name);
    const report = reportOf(read);
    reportSchema.parse(JSON.parse(JSON.stringify(report)));
    expect(markdownOf(report)).toContain(report.journal.head);
    expect(htmlOf(report, read.events)).toContain(report.journal.head);
  });
});

describe('the waived journal of an earlier version', () => {
  it('still says which Region was waived, and why it was unknown', () => {
    const report = reportOf(journal('waived'));
    expect(report.run.status).toBe('done');
    expect(report.notLookedAt).toMatchObject([
      {region: 'eu-west-2', fault: {kind: 'denied'}, waived: {by: '--waive'}},
    ]);
  });
});

describe('a run that an earlier version left', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  /** Resumes the journal against a new simulated account in the state that the old one was in when it began. */
  async function resumed(name: (typeof names)[number]): Promise<number> {
    bench = await openBench(twoRegions());
    const home = join(bench.env.XDG_STATE_HOME, 'handrail');
    mkdirSync(home, {recursive: true});
    const text = readFileSync(join(folder, `${name}.jsonl`), 'utf8');
    writeFileSync(join(home, `${journal(name).run}.jsonl`), atEndpoint(text, bench.gate.endpoint));
    const {exitCode} = await bench.goOn();
    return exitCode;
  }

  it('is resumed in the middle of a change, with the same token', async () => {
    const before = journal('cut-off-in-a-change').events.flatMap((event) =>
      event.type === 'call-started' && event.operation.endsWith(':CancelImageCreation') ? [event] : [],
    );
    expect(await resumed('cut-off-in-a-change')).toBe(0);
    const tokens = inputsOf(bench, 'CancelImageCreation').map(({clientToken}) => clientToken);
    for (const {input} of before) expect(tokens).toContain((input as {clientToken: string}).clientToken);
    expect(bench.account.simulator.account().role).toBeNull();
  });

  it('is resumed in the middle of a wait', async () => {
    expect(await resumed('interrupted-in-a-wait')).toBe(0);
    expect(bench.account.simulator.account().role).toBeNull();
  });
});
