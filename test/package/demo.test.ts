import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {packagedProgram} from './program.ts';

it('the demo runs to its end as it is shipped, and leaves a journal that verifies', async () => {
  const handrail = packagedProgram();
  const env = {XDG_STATE_HOME: join(handrail.home, 'state')};
  const {code, out, err} = await handrail.run(['demo', '--json'], env);
  expect(err).not.toMatch(/^ {4}at /m);
  expect(code).toBe(0);
  expect(out).toContain('"went-back"');
  const files = readdirSync(join(handrail.home, 'state/handrail'));
  expect(files.filter((file) => file.endsWith('.jsonl'))).toHaveLength(1);
  expect(await handrail.run(['verify', 'latest'], env)).toMatchObject({code: 0, err: ''});
});
