import {execFile} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {wholeProgram} from '../support/whole-program.ts';

it('a whole run under ulimit -n 48 ends well: calls that get no file are this host’s own trouble, and tried again', async () => {
  // Held back, so that the Regions' calls are all under way together, however slowly they are sent.
  const simulator = await startSimulator(loadScenario('clean'), {latencyMs: 1000});
  onTestFinished(() => simulator.close());
  const home = mkdtempSync(join(tmpdir(), 'handrail-few-files-'));
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_STATE_HOME: home,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'a-secret',
    AWS_ENDPOINT_URL: simulator.endpoint,
  };
  const words = [...wholeProgram, 'run', 'inspect-service-linked-role', '--yes'];
  const said = await new Promise<string>((resolve) => {
    const child = execFile(
      'sh',
      ['-c', 'ulimit -n 48; exec "$@"', 'sh', ...words],
      {env},
      (error, out, err) =>
        resolve(`${out}${err}${error === null ? 'ended well' : `ended with ${error.code}`}`),
    );
    child.stdin?.end();
  });
  expect(said).toContain('34 clear');
  expect(said).toMatch(/ended well$/);
  const journals = join(home, 'handrail');
  const [name = ''] = readdirSync(journals).filter((file) => file.endsWith('.jsonl'));
  const failed = readFileSync(join(journals, name), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"type":"call-failed"'))
    .map((line) => (JSON.parse(line) as {event: {fault: object}}).event.fault);
  expect(failed.length).toBeGreaterThan(0);
  for (const fault of failed) {
    expect(fault).toMatchObject({
      kind: 'local',
      name: 'EMFILE',
      remedy: expect.stringContaining('ulimit -n 4096') as string,
    });
  }
});
