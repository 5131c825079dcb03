import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {inputsOf, openBench, type Bench} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

let bench: Bench;
afterEach(() => bench.close());

const createRole = {runbook: join(import.meta.dirname, 'create-role.yaml')};

describe('after a crash, a call whose answer was lost', () => {
  // The first of the account's and the Regions' reads are sent before the run begins.
  it.each([
    ['GetRole', 2],
    ['ListImagePipelines', 2],
    ['GetImagePipeline', 1],
  ] as const)('is made again when it reads: %s, number %i', async (operation, nth) => {
    bench = await openBench(oneRegion());
    bench.cutOffAt(operation, 'performed', nth);
    expect(await bench.begin()).toMatchObject({exitCode: 130});
    const before = inputsOf(bench, operation);
    expect(before).toHaveLength(nth);
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    expect(inputsOf(bench, operation)[nth]).toEqual(before[nth - 1]);
    expect(bench.account.simulator.account().role).toBeNull();
  });

  it.each(['arrived', 'performed'] as const)(
    'is resent with the same token and body: cancelling, %s',
    async (moment) => {
      bench = await openBench(oneRegion());
      bench.cutOffAt('CancelImageCreation', moment);
      expect(await bench.begin()).toMatchObject({exitCode: 130});
      const intents = bench
        .events()
        .flatMap((event) =>
          event.type === 'call-started' && event.effect === 'change' ? [event.input] : [],
        );
      expect(await bench.goOn()).toMatchObject({exitCode: 0});
      const sent = inputsOf(bench, 'CancelImageCreation');
      expect(sent).toHaveLength(moment === 'arrived' ? 1 : 2);
      for (const input of sent) expect(input).toEqual(intents[0]);
      expect(intents[0]).toMatchObject({clientToken: expect.stringMatching(/^.{36}$/)});
    },
  );

  it('is found to have happened when it was an update: nothing is written twice', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('UpdateImagePipeline', 'performed');
    expect(await bench.begin()).toMatchObject({exitCode: 130});
    const {exitCode, closing} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(inputsOf(bench, 'UpdateImagePipeline')).toHaveLength(1);
    expect(closing.state.changes.map(({operation}) => operation)).toContain(
      'imagebuilder:UpdateImagePipeline',
    );
  });

  it('is written with the same token when it was an update that did not happen', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('UpdateImagePipeline', 'arrived');
    expect(await bench.begin()).toMatchObject({exitCode: 130});
    const intent = bench.events().find((event) => event.type === 'call-started' && event.phase === 'write');
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    expect(inputsOf(bench, 'UpdateImagePipeline')).toEqual([intent?.type === 'call-started' && intent.input]);
  });

  it('succeeds when it was a deletion and finds nothing any more', async () => {
    bench = await openBench(oneRegion());
    const deleting = {inputs: ['pipelines=delete']};
    bench.cutOffAt('DeleteImagePipeline', 'performed');
    expect(await bench.begin({}, deleting)).toMatchObject({exitCode: 130});
    const {exitCode, closing} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(inputsOf(bench, 'DeleteImagePipeline')).toHaveLength(2);
    const notes = bench.events().flatMap((event) => (event.type === 'item-done' ? [event.note] : []));
    expect(notes).toContain('was gone already');
    expect(closing.state.changes.map(({operation}) => operation)).toContain(
      'imagebuilder:DeleteImagePipeline',
    );
  });

  it('succeeds too when it was a deletion of which no try was ever answered', async () => {
    bench = await openBench(oneRegion(), [{operation: 'DeleteImagePipeline', first: 8, fault: 'lostAnswer'}]);
    const failed = await bench.begin({}, {inputs: ['pipelines=delete']});
    expect(failed.exitCode).toBe(1);
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    expect(inputsOf(bench, 'DeleteImagePipeline')).toHaveLength(9);
  });

  it('comes to its end when the role was gone by the time that its deletion was resent', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('DeleteServiceLinkedRole', 'performed');
    expect(await bench.begin()).toMatchObject({exitCode: 130});
    bench.wait(5000);
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    expect(inputsOf(bench, 'DeleteServiceLinkedRole')).toHaveLength(2);
    expect(inputsOf(bench, 'GetServiceLinkedRoleDeletionStatus')).toEqual([]);
  });

  it('picks up a deletion task by its id: the role is not deleted again', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('GetServiceLinkedRoleDeletionStatus', 'arrived');
    expect(await bench.begin()).toMatchObject({exitCode: 130});
    const [task] = bench.account.simulator.account().deletionTasks;
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    expect(inputsOf(bench, 'DeleteServiceLinkedRole')).toHaveLength(1);
    const asked = inputsOf(bench, 'GetServiceLinkedRoleDeletionStatus');
    expect(asked.length).toBeGreaterThan(0);
    for (const input of asked) expect(input).toEqual({DeletionTaskId: task?.id});
  });
});

/** Leaves a run that may have created the role, and nobody knows. */
async function cutOff(): Promise<void> {
  bench = await openBench(oneRegion({role: {...oneRegion().role, present: false}}));
  bench.cutOffAt('CreateServiceLinkedRole', 'performed');
  expect(await bench.begin({}, createRole)).toMatchObject({exitCode: 130});
  expect(inputsOf(bench, 'CreateServiceLinkedRole')).toHaveLength(1);
}

describe('after a crash, a change that is not safe to send twice', () => {
  it('is put to the operator, and not sent where nobody can answer', async () => {
    await cutOff();
    const left = await bench.goOn({answers: {everything: false}});
    expect(left.exitCode).toBe(3);
    expect(left.questions).toEqual([
      expect.objectContaining({
        step: 'create',
        message: expect.stringContaining('iam:CreateServiceLinkedRole was sent'),
        resend: {item: ''},
      }),
    ]);
    expect(inputsOf(bench, 'CreateServiceLinkedRole')).toHaveLength(1);
  });

  it('is not sent when the operator says no', async () => {
    await cutOff();
    const left = await bench.goOn({
      answers: {everything: false},
      reply: () => ({accepted: false, by: 'terminal'}),
    });
    expect(left.exitCode).toBe(3);
    expect(left.closing.state.ended?.status).toBe('declined');
    expect(inputsOf(bench, 'CreateServiceLinkedRole')).toHaveLength(1);
  });

  it('is sent once more when the operator says yes', async () => {
    await cutOff();
    const left = await bench.goOn({
      answers: {everything: false},
      reply: () => ({accepted: true, by: 'terminal'}),
    });
    expect(left.questions).toHaveLength(1);
    expect(inputsOf(bench, 'CreateServiceLinkedRole')).toHaveLength(2);
  });

  it('is asked about again by every process that was not answered', async () => {
    await cutOff();
    await bench.goOn({answers: {everything: false}});
    const left = await bench.goOn({answers: {everything: false}});
    expect(left.questions).toHaveLength(1);
    expect(inputsOf(bench, 'CreateServiceLinkedRole')).toHaveLength(1);
  });

  it('is asked about too when its answer was lost without a crash', async () => {
    const scenario = oneRegion({role: {...oneRegion().role, present: false}});
    bench = await openBench(scenario, [
      {operation: 'CreateServiceLinkedRole', first: 1, fault: 'lostAnswer'},
    ]);
    expect(await bench.begin({}, createRole)).toMatchObject({exitCode: 1});
    const left = await bench.goOn({answers: {everything: false}});
    expect(left.exitCode).toBe(3);
    expect(left.questions).toMatchObject([{kind: 'resend', resend: {item: ''}}]);
    expect(inputsOf(bench, 'CreateServiceLinkedRole')).toHaveLength(1);
  });
});
