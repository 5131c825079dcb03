/**
 * Makes docs/fleet.svg, the README's picture of a fleet, from a live one on the real screen against the simulator: `npm run
 * picture`. It shows each wave's decision and the end. With a path it writes there.
 */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

// Ink's color library reads these at its first import, so no import of it may come earlier.
process.env['FORCE_COLOR'] = '1';
process.env['TZ'] = 'UTC';
const {demoFleetRun} = await import('../test/ui/frames/demo-fleet-run.ts');
const {svgOf} = await import('./picture/svg.ts');
const {terminalRows} = await import('./picture/terminal-rows.ts');

const size = [100, 30] as const;
/** Time on display of each decision, and of the end (ms). */
const asking = 3500;
/** Ids, times and the pace differ from run to run. */
const steady: readonly (readonly [RegExp, string])[] = [
  [/f-\d{8}T\d{6}Z-\w{4}/g, 'f-20261127T120000Z-k3v9'],
  [/\d+:\d\d(:\d\d)?( *)$/, '2:14$2'],
  [/consent [0-9a-f…]+/, 'consent 8f14e45fceea167a5a36dedd4bea2543'],
  [/\d+ calls?\/s/, ''],
];

const frames: {readonly rows: readonly string[]; readonly ms: number}[] = [];
let still = 0;
await demoFleetRun({
  size,
  env: {LANG: 'C.UTF-8', TERM: 'xterm-256color', FORCE_COLOR: '1'},
  atRest({emulator}, state) {
    const rows = terminalRows(emulator).map((row) =>
      steady.reduce((text, [changing, same]) => text.replace(changing, same), row),
    );
    // A wave in the middle: some accounts are done, some are unknown, production is asked about.
    if (state.ended === undefined && state.waves.length <= 3) still = frames.length;
    frames.push({rows, ms: asking});
  },
});
const [, , file = fileURLToPath(new URL('../docs/fleet.svg', import.meta.url))] = process.argv;
const svg = svgOf(frames, ...size, still);
writeFileSync(file, svg);
process.stdout.write(
  `${file}, ${frames.length} frames, frame ${still + 1} where nothing moves, ${(svg.length / 1024).toFixed(0)} KB\n`,
);
