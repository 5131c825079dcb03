import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {exitCodes} from '../../source/cli/exit-codes.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {built, head, steps, tutorial} from '../runbook/tutorial-page.ts';
import {twoRegions} from '../simulator/simulated-aws.ts';
import {packagedProgram, type Program} from './program.ts';

// What the page has a reader type, in its order, in a folder with the runbook that it builds.
interface Typed {
  readonly args: readonly string[];
  /** What the page shows below. */
  readonly shown: string;
}

const typed: readonly Typed[] = [...tutorial.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(
  ([, block = '']) =>
    block
      .split(/^\$ handrail /m)
      .slice(1)
      .map((text) => {
        const [line = '', ...shown] = text.split('\n');
        return {args: line.replace(/#.*$/, '').trim().split(/\s+/), shown: shown.join('\n').trim()};
      }),
);

let handrail: Program;
let simulator: Simulator;
beforeAll(async () => {
  handrail = packagedProgram();
  simulator = await startSimulator(twoRegions);
});
afterAll(() => simulator.close());

it('each command of the tutorial does, as it is printed and in its order, what the page says', async () => {
  expect(typed.map(({args}) => args[0])).toEqual(['check', 'permissions', 'run', 'run']);
  const file = join(handrail.home, 'pause-pipelines.yaml');
  const env = {
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  };
  const ended = [];
  for (const {args, shown} of typed) {
    // The page shows the check of a mistyped file.
    const text =
      shown === '' ? built : (head + steps.join('\n')).replace('imagePipelineList', 'imagePiplineList');
    writeFileSync(file, text);
    ended.push(await handrail.run(args, env));
  }
  const [check, permissions, plan, run] = ended;
  expect(check?.out.split('\n')[0]).toBe(typed[0]?.shown.split('\n')[0]);
  expect(check?.code).toBe(exitCodes.usage);
  expect(permissions?.out).toContain('"imagebuilder:UpdateImagePipeline"');
  expect(permissions?.code).toBe(exitCodes.done);
  expect(plan).toMatchObject({code: exitCodes.done, out: expect.stringContaining('would be')});
  // No terminal, so nobody answers.
  expect(run?.code).toBe(exitCodes.needsOperator);
  expect(simulator.requests.filter(({operation}) => operation === 'UpdateImagePipeline')).toEqual([]);
});

it('its first draft passes a check', async () => {
  const [, line = ''] = /`handrail (new [^`>]*) >/.exec(tutorial) ?? [];
  const {code, out} = await handrail.run(line.split(/\s+/));
  expect(code).toBe(exitCodes.done);
  writeFileSync(join(handrail.home, 'draft.yaml'), out);
  expect(await handrail.run(['check', '--strict', 'draft.yaml'])).toMatchObject({code: exitCodes.done});
});
