import {afterEach, describe, expect, it} from 'vitest';
import {membersOf, type Json} from '../../source/data/json.ts';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {undoOrder} from '../../source/runs/undo-run.ts';
import {UsageError} from '../../source/cli/usage-error.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {
  simulatedAccount,
  yesToAll,
  type Outcome,
  type SimulatedAccount,
} from '../support/simulated-account.ts';

let account: SimulatedAccount;

afterEach(async () => {
  await account.close();
});

async function removal(inputs: readonly string[] = []): Promise<Outcome> {
  const loaded = findRunbook('delete-service-linked-role');
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, inputs),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    connection: account.connection,
    answers: yesToAll,
  };
  return account.command((surroundings) => execute(order, surroundings));
}

async function undo(outcome: Outcome): Promise<Outcome> {
  const order = undoOrder({
    file: outcome.closing.journal ?? '',
    connection: account.connection,
    answers: yesToAll,
    env: {XDG_STATE_HOME: account.stateHome},
  });
  return account.command((surroundings) => execute(order, surroundings));
}

describe('undo of a whole removal', () => {
  it('brings every pipeline back as it was, and the role', async () => {
    account = await simulatedAccount('default');
    const before = account.simulator.account();
    const done = await removal();
    expect(done.exitCode).toBe(0);
    expect(account.simulator.account().role).toBeNull();
    const undone = await undo(done);
    expect(undone.closing.state.ended).toMatchObject({status: 'done'});
    // An undo looks for nothing: its Regions are not “not checked yet”, but done.
    const {size} = undone.closing.state.lanes;
    expect(size).toBeGreaterThan(1);
    expect(summaryText({state: undone.closing.state})).toMatch(
      new RegExp(`Regions +${size} of ${size} done`),
    );
    const after = account.simulator.account();
    for (const [region, {pipelines}] of Object.entries(before.regions)) {
      expect(after.regions[region]?.pipelines).toEqual(pipelines);
    }
    expect(after.role).not.toBeNull();
  });

  it('shows what it will put back, newest change first, and what cannot be put back', async () => {
    account = await simulatedAccount('calm');
    const done = await removal();
    const undone = await undo(done);
    const asked = undone.view.events.find((event) => event.type === 'asked');
    if (asked?.type !== 'asked') throw new Error('nothing was asked');
    expect(asked.question.changes.map(({operation}) => operation)).toEqual([
      'iam:CreateServiceLinkedRole',
      ...Array.from({length: 12}, () => 'imagebuilder:UpdateImagePipeline'),
    ]);
    expect(asked.question.message).toMatch(/Cannot be taken back: 6 × imagebuilder:CancelImageCreation/);
  });

  it('leaves alone a pipeline that somebody has changed since', async () => {
    account = await simulatedAccount('calm');
    const done = await removal();
    const changed = [...done.closing.state.changes].find(({region}) => region === 'us-west-2');
    const arn = changed?.target ?? '';
    await account.command(async (surroundings) => {
      const {accessFor} = await import('../../source/runs/aws-session.ts');
      const loaded = findRunbook('delete-service-linked-role');
      const access = await accessFor(loaded, account.connection);
      const {members} = account.simulator.account().regions['us-west-2']?.pipelines[arn] ?? {};
      const input = {
        ...membersOf(JSON.parse(JSON.stringify(members)) as Json),
        imagePipelineArn: arn,
        description: 'changed by hand',
        clientToken: 'by-hand-1',
      };
      const signal = new AbortController().signal;
      const request = {operation: 'imagebuilder:UpdateImagePipeline', region: 'us-west-2', input};
      const outcome = await access.aws.call(request, signal);
      access.close();
      await surroundings.view.close({state: done.closing.state});
      return outcome.ok ? 0 : 1;
    });
    const undone = await undo(done);
    expect(undone.exitCode).not.toBe(0);
    expect(undone.closing.state.lanes.get('us-west-2')?.fault?.name).toBe('ChangedSince');
    const pipelines = account.simulator.account().regions['us-west-2']?.pipelines;
    expect(pipelines?.[arn]?.members).not.toHaveProperty('schedule');
  });

  it('says so when everything that was done is beyond recall', async () => {
    account = await simulatedAccount('clean');
    const done = await removal();
    expect(done.exitCode).toBe(0);
    const undone = await undo(done);
    expect(undone.exitCode).toBe(0);
    expect(account.simulator.account().role).not.toBeNull();
  });

  it('refuses a run that changed nothing', async () => {
    account = await simulatedAccount('no-role');
    const done = await removal();
    await expect(undo(done)).rejects.toThrow(UsageError);
  });
});
