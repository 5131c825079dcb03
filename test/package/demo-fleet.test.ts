import {join} from 'node:path';
import {expect, it} from 'vitest';
import {packagedProgram} from './program.ts';

it('the demo of a fleet looks at 60 accounts as it is shipped, changes none unasked, and its journals verify', async () => {
  const handrail = packagedProgram();
  const env = {XDG_STATE_HOME: join(handrail.home, 'state')};
  const {code, out, err} = await handrail.run(['demo', '--fleet'], env);
  expect(err).not.toMatch(/^ {4}at /m);
  // One account is behind a wall, and that is not nothing.
  expect(code).toBe(4);
  expect(out).toContain('23 ready to change, 31 with nothing to change, 2 could not be entered');
  expect(out).toContain('nothing was changed');
  expect(out).toContain('3 left alone');
  // The organization is gone with the demo: nothing can go on with it.
  expect(out).toContain('handrail fleet report');
  expect(out).not.toContain('handrail fleet resume');
  expect(out).not.toContain('--confirm');
  const resumed = await handrail.run(['fleet', 'resume', 'latest'], env);
  expect(resumed).toMatchObject({code: 2, err: expect.stringContaining('was a demo') as string});
  const undone = await handrail.run(['fleet', 'undo', 'latest'], env);
  expect(undone).toMatchObject({code: 0, err: expect.stringContaining('nothing to take back') as string});
  expect(await handrail.run(['fleet', 'verify'], env)).toMatchObject({code: 0});
});
