import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {stringify} from 'yaml';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import type {JsonObject} from '../../source/data/json.ts';
import {defaultLimits, type Program} from '../../source/engine/model/program.ts';
import {planUndo, type UndoPlan} from '../../source/engine/plan-undo.ts';
import {checkRunbook, type Checked} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {changesIn, ran, unagreed, type Ran} from '../runbook/shape-stub.ts';
import {findClients} from './sdk-clients.ts';
import {jobs, type World} from './worlds.ts';

const folder = join(import.meta.dirname, 'runbooks');
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''));

beforeAll(() => findClients('ec2', 'ecs', 'lambda', 'rds'));

async function checked(text: string): Promise<Checked & {readonly program: Program}> {
  const {runbook, ...loaded} = parseRunbook('job.yaml', text);
  const found = await checkRunbook({...loaded, runbook}, lookUp);
  const {operations} = found;
  return {...found, program: {runbook, operations, limits: defaultLimits, attended: false, waive: []}};
}

function textOf(name: string): string {
  return readFileSync(join(folder, `${name}.yaml`), 'utf8');
}

/** Runs a job, or its undo, in a world; nothing is answered there that the world does not answer. */
async function inWorld(program: Program, world: World, inputs: JsonObject = {}): Promise<Ran> {
  return ran(program, {
    accepts: true,
    inputs,
    answer: ({operation, input, region = ''}) => {
      const answer = world.answers[operation];
      if (answer === undefined) throw new Error(`the world has no ${operation}`);
      return answer(input, region);
    },
  });
}

/** The runbook that takes a run back, as `handrail undo` makes it. */
function undoing({steps}: UndoPlan): string {
  return stringify({
    handrail: 1,
    name: 'undo',
    title: 'Undo',
    inputs: {changes: {type: 'list'}},
    steps: [{id: 'approveUndo', title: 'Agree', confirm: {message: 'Puts back.'}}, ...steps],
  });
}

it('there are ten jobs, each with a world to work on', () => {
  expect(names).toEqual(Object.keys(jobs));
  expect(names).toHaveLength(10);
});

it('the update that the tutorial shows passes check', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/language/tutorial.md'), 'utf8');
  const [, update = ''] = /```yaml\n(update:[\s\S]*?)```/.exec(page) ?? [];
  const begin = textOf('scale-ecs-services').split('    update:')[0] ?? '';
  const text = `${begin}${update.replace(/^(?=.)/gm, '    ')}`.replaceAll('item.serviceName', 'item.name');
  expect((await checked(text)).problems).toEqual([]);
});

describe.each(names)('the job %s', (name) => {
  it('passes check, warnings included', async () => {
    const {problems, warnings, missing} = await checked(textOf(name));
    expect([...problems, ...warnings].map(({line, message}) => `${line}: ${message}`)).toEqual([]);
    expect([...missing]).toEqual([]);
  });

  it('does no harm against answers of the SDK’s shapes, whether it is agreed to or not', async () => {
    const {program} = await checked(textOf(name));
    const inputs = jobs[name]?.inputs ?? {};
    const declined = await ran(program, {accepts: false, inputs});
    expect(changesIn(declined.events)).toEqual([]);
    const accepted = await ran(program, {accepts: true, inputs});
    expect(unagreed(program, accepted.events)).toEqual([]);
    expect([...declined.odd, ...accepted.odd]).toEqual([]);
    expect(accepted.state.ended).toBeDefined();
  });

  it('does its work, no more than once, and is taken back', async () => {
    const {begin, inputs = {}, done, undone, changes} = jobs[name]!;
    const {program} = await checked(textOf(name));
    const world = begin();
    const before = world.state();
    const first = await inWorld(program, world, inputs);
    expect(first.state.ended).toMatchObject({status: 'done'});
    expect(first.odd).toEqual([]);
    expect(unagreed(program, first.events)).toEqual([]);
    expect(changesIn(first.events)).toHaveLength(changes);
    expect(world.state()).toEqual(done);

    const again = await inWorld(program, world, inputs);
    expect(again.state.ended?.status).toBe('done');
    if (name !== 'revoke-role-sessions') expect(changesIn(again.events)).toEqual([]);

    const plan = planUndo(program.runbook, first.state, []);
    expect(plan.irreversible).toHaveLength(undone === 'never' ? changes : 0);
    if (undone === 'never') return;
    const undo = await checked(undoing(plan));
    expect(undo.problems).toEqual([]);
    const back = await inWorld(undo.program, world, {changes: plan.changes});
    expect(back.state.ended).toMatchObject({status: 'done'});
    expect(back.odd).toEqual([]);
    expect(world.state()).toEqual(before);
  });
});
