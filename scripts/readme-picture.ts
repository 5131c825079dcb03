/**
 * Makes docs/run.svg, the README's picture, from a live run on the real screen against the simulator: `npm run picture`.
 * Time stands still while anything is under way, calls go one by one and no wait is left to chance, so that each run
 * shows the same decisions. With a path it writes there.
 */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

// Ink's color library reads these at its first import, so no import of it may come earlier.
process.env['FORCE_COLOR'] = '1';
process.env['TZ'] = 'UTC';
// The waits of polls and retries are spread by chance.
Math.random = () => 0.5;
const {stillRun} = await import('../test/ui/frames/still-run.ts');
const {svgOf} = await import('./picture/svg.ts');
const {terminalRows} = await import('./picture/terminal-rows.ts');

const size = {columns: 100, rows: 28};
/** Time on display (ms): of a frame on the way, and of one that asks or ends. */
const passing = 900;
const asking = 3000;
/** The simulator's port differs from run to run, and so does what it makes up. */
const steady: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d+/, '127.0.0.1:41879'],
  [/AROA[0-9A-F]{17}/, 'AROA5E0F9A3B7C1D24680'],
];

const frames: {readonly rows: readonly string[]; readonly ms: number}[] = [];
let still = 0;
await stillRun({
  scenario: 'default',
  sizes: [[size.columns, size.rows]],
  atATime: 1,
  env: {LANG: 'C.UTF-8', TERM: 'xterm-256color', FORCE_COLOR: '1'},
  atRest({terminals: [terminal], state}) {
    // The last screen names a journal in a folder for the moment.
    if (terminal === undefined || state.ended !== undefined) return;
    const rows = terminalRows(terminal.emulator).map((row) =>
      steady.reduce((text, [changing, same]) => text.replace(changing, same), row),
    );
    if (rows.join('\n') === frames.at(-1)?.rows.join('\n')) return;
    // The decision about the role itself: the moment that the program is for.
    if (state.question?.kind === 'type-text') still = frames.length;
    frames.push({rows, ms: state.question === undefined ? passing : asking});
  },
});
const [, , file = fileURLToPath(new URL('../docs/run.svg', import.meta.url))] = process.argv;
const svg = svgOf(frames, size.columns, size.rows, still);
writeFileSync(file, svg);
process.stdout.write(
  `${file}, ${frames.length} frames, frame ${still + 1} where nothing moves, ${(svg.length / 1024).toFixed(0)} KB\n`,
);
