import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cpus, totalmem} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {waitRows} from './rows/waits.ts';
import {viewRows} from './rows/views.ts';
import {journalRows} from './rows/journal.ts';
import {longListRows} from './rows/long-lists.ts';
import {removalRows} from './rows/removal.ts';
import {startRows} from './rows/start.ts';
import {throttledRows} from './rows/throttled.ts';
import {tlsRows} from './rows/tls.ts';
import {root} from './support/subjects.ts';
import {tableOf, type Section} from './table.ts';

// One table, every figure of it measured in this very run: npm run benchmark -- [--runs 5] [--slow 5: of the AWS CLI] [--only 1,2,4,5,6,7,8,9] [--waits short,late: of 6]
const {values} = parseArgs({
  options: {runs: {type: 'string'}, slow: {type: 'string'}, only: {type: 'string'}, waits: {type: 'string'}},
});
const runs = Number(values.runs ?? 5);
const wanted = new Set((values.only ?? '1,2,4,5,6,7,8,9').split(','));
const say = (text: string): void => void process.stderr.write(text);

if (!existsSync(join(root, 'dist/handrail.cjs'))) execFileSync('npm', ['run', '-s', 'build'], {cwd: root});
const sections: Section[] = [];
if (wanted.has('1')) sections.push(...(await removalRows(runs, Number(values.slow ?? runs), say)));
if (wanted.has('2')) sections.push(await startRows(runs * 2 + 1));
if (wanted.has('4')) sections.push(...viewRows());
if (wanted.has('5')) sections.push(await journalRows(runs));
if (wanted.has('6'))
  sections.push(await waitRows(Math.min(runs, 3), (values.waits ?? '').split(',').filter(Boolean), say));
if (wanted.has('7')) sections.push(await tlsRows(runs, say));
if (wanted.has('8')) sections.push(await throttledRows(runs, say));
if (wanted.has('9')) sections.push(await longListRows(Math.min(runs, 3), say));

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
process.stdout.write(
  `Medians of ${runs} runs of whole processes; Node ${process.versions.node}, ${process.platform} ${process.arch}, ` +
    `${machine}; ${new Date().toISOString().slice(0, 10)}\n\n${tableOf(sections.toSorted((a, b) => a.title.localeCompare(b.title)))}`,
);
