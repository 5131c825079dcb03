import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, it} from 'vitest';

/** A few minutes of a wait; `npm run test:soak` waits for eight hours. */
it('waits for minutes, polling seventeen times a second, without keeping anything of a poll or a frame', async () => {
  // What was kept of each poll, 17 KB, would come to 20 MiB; a measured heap goes up and down by one.
  const soak = [
    join(import.meta.dirname, 'soak.ts'),
    '--hours=0.035',
    '--warm=0.015',
    '--poll=2',
    '--most=2',
  ];
  const {stdout} = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', ...soak]);
  expect(stdout).toContain('heap');
  const [, journal = '9'] = /journal ([0-9.]+) MiB more/.exec(stdout) ?? [];
  expect(Number(journal)).toBeLessThan(0.2);
}, 600_000);
