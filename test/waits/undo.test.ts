import {readFileSync} from 'node:fs';
import {afterEach, describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {findRun} from '../../source/journal/find-run.ts';
import {parseJournal} from '../../source/journal/read.ts';
import {inputSources} from '../../source/runs/answers/input-sources.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {execute} from '../../source/runs/start-run.ts';
import {undoOrder} from '../../source/runs/undo-run.ts';
import {latestToUndo} from '../../source/runs/undone-runs.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {FaultRule} from '../../source/simulator/faults.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {
  simulatedAccount,
  yesToAll,
  type Outcome,
  type SimulatedAccount,
} from '../support/simulated-account.ts';

const calm = loadScenario('calm');
const region = 'us-east-1';

let account: SimulatedAccount;

afterEach(async () => {
  await account.close();
});

function env(): {XDG_STATE_HOME: string} {
  return {XDG_STATE_HOME: account.stateHome};
}

/** us-east-1 with its scheduled pipelines, and nothing that runs. */
function small(more: object = {}): Scenario {
  const pipelines = calm.pipelines.filter((pipeline) => pipeline.region === region);
  return {...calm, running: [], pipelines, ...more} as Scenario;
}

async function run(name: string, inputs: readonly string[] = []): Promise<Outcome> {
  const loaded = findRunbook(name);
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, inputs, inputSources(env())),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    connection: account.connection,
    answers: yesToAll,
  };
  return account.command((surroundings) => execute(order, surroundings));
}

async function undo(file: string): Promise<Outcome> {
  const order = undoOrder({file, connection: account.connection, answers: yesToAll, env: env()});
  return account.command((surroundings) => execute(order, surroundings));
}

function schedules(): readonly string[] {
  const pipelines = Object.entries(account.simulator.account().regions[region]?.pipelines ?? {});
  return pipelines.flatMap(([arn, {members}]) => (members.schedule === undefined ? [] : [arn])).toSorted();
}

/** Lets the first write of an undo be refused for good: 3 writes of the clean-up come before it. */
const refusedOnce: readonly FaultRule[] = [
  {operation: 'UpdateImagePipeline', region, every: 4, fault: 'accessDenied'},
];

function narrated({view, closing}: Outcome): readonly string[] {
  const narrate = createNarrator();
  return view.events.flatMap((event) => narrate(event, closing.state.steps)).map(({text}) => text);
}

describe('undo latest', () => {
  it('finishes an undo that failed in part, and undoes no undo', async () => {
    account = await simulatedAccount(small(), {faults: refusedOnce});
    const before = schedules();
    expect(before).toHaveLength(3);
    const done = await run('clean-up-image-builder', [`regions=${region}`]);
    expect(done.exitCode).toBe(0);
    expect(schedules()).toEqual([]);
    const partly = await undo(latestToUndo(env()));
    expect(partly.exitCode).toBe(1);
    expect(schedules()).toHaveLength(2);
    const finished = await undo(latestToUndo(env()));
    expect(finished.exitCode).toBe(0);
    expect(finished.closing.state.started?.undoes).toBe(done.closing.state.started?.run);
    // Only what was missing: no write for what the first undo put back.
    expect([...finished.closing.state.changes]).toHaveLength(1);
    expect(schedules()).toEqual(before);
    // An undo looks at no Region as a whole: that none was checked would say that its work is open.
    expect(summaryText({state: finished.closing.state})).not.toMatch(/not (checked|looked at)/);
    expect(() => undoOrderOf(latestToUndo(env()))).toThrow(/was taken back already, and nothing is left/);
  });

  it('knows an undo of the version before by its runbook', async () => {
    account = await simulatedAccount(small());
    const done = await run('clean-up-image-builder', [`regions=${region}`]);
    const undone = await undo(done.closing.journal ?? '');
    const events = parseJournal('journal', readFileSync(undone.closing.journal ?? '')).events;
    const started = events.find(
      (event): event is Extract<Event, {type: 'run-started'}> => event.type === 'run-started',
    );
    expect(started?.runbook.file).toBe(`undo of run ${done.closing.state.started?.run}`);
    expect(latestToUndo(env())).toBe(done.closing.journal);
  });

  it('takes an undo back when it is asked for by its own id, and then again the run', async () => {
    account = await simulatedAccount(small());
    const before = schedules();
    const done = await run('clean-up-image-builder', [`regions=${region}`]);
    const undone = await undo(latestToUndo(env()));
    expect(schedules()).toEqual(before);
    const id = undone.closing.state.started?.run ?? '';
    const again = await undo(findRun(id, env()));
    expect(again.exitCode).toBe(0);
    expect(schedules()).toEqual([]);
    expect(latestToUndo(env())).toBe(done.closing.journal);
    const back = await undo(latestToUndo(env()));
    expect(back.exitCode).toBe(0);
    expect(schedules()).toEqual(before);
  });
});

function undoOrderOf(file: string): unknown {
  return undoOrder({file, connection: account.connection, answers: yesToAll, env: env()});
}

/** AWS answers with an empty description, which a write may not carry. */
function withEmpty(): Scenario {
  const [first, ...rest] = small().pipelines;
  return small({pipelines: [{...first, notYetModelled: {description: ''}}, ...rest]});
}

describe('a pipeline whose empty member the removal dropped', () => {
  it.each(['undo', 'restore-schedules'])('gets its schedule back (%s)', async (way) => {
    account = await simulatedAccount(withEmpty());
    const before = schedules();
    const done = await run('clean-up-image-builder', [`regions=${region}`]);
    expect(schedules()).toEqual([]);
    const journal = done.closing.journal ?? '';
    const back = way === 'undo' ? await undo(journal) : await run('restore-schedules', [`run=${journal}`]);
    expect(back.exitCode).toBe(0);
    expect(schedules()).toEqual(before);
  });
});

describe('putting schedules back', () => {
  it.each(['undo', 'restore-schedules'])('says what it did, by the schedule (%s)', async (way) => {
    account = await simulatedAccount(small());
    const done = await run('clean-up-image-builder', [`regions=${region}`]);
    const journal = done.closing.journal ?? '';
    const back = way === 'undo' ? await undo(journal) : await run('restore-schedules', [`run=${journal}`]);
    const said = narrated(back);
    expect(said.filter((text) => /: schedule cron\(.+\) put back$/.test(text))).toHaveLength(3);
    expect(said.join('\n')).not.toContain('another client');
  });

  it('still says what somebody else changed, beside what it did', async () => {
    account = await simulatedAccount(
      small({
        surprises: [
          // Just before the read-back of nothing yet: the read that comes before the first write of the removal.
          {
            upon: 'imagebuilder:GetImagePipeline',
            nth: 1,
            changePipeline: {
              region,
              name: small().pipelines[0]?.name,
              with: {schedule: {scheduleExpression: 'cron(5 5 * * ? *)'}},
            },
          },
        ],
      }),
    );
    const done = await run('clean-up-image-builder', [`regions=${region}`]);
    expect(narrated(done).join('\n')).toMatch(/schedule .+ removed; schedule was changed by another client/);
  });
});

describe('putting the role back', () => {
  it('is a success when somebody has made it again first, and makes no second one', async () => {
    account = await simulatedAccount(
      small({surprises: [{upon: 'iam:CreateServiceLinkedRole', nth: 1, recreateRole: true}]}),
    );
    const done = await run('delete-service-linked-role');
    const back = await undo(done.closing.journal ?? '');
    expect(back.exitCode).toBe(0);
    expect(narrated(back).join('\n')).toContain('Undo: Delete the role: it is there already');
    expect([...back.closing.state.changes].map(({operation}) => operation)).not.toContain(
      'iam:CreateServiceLinkedRole',
    );
  });
});

describe('taking back the creation of a role, which AWS does later and may refuse', () => {
  const noRole = loadScenario('no-role');
  const refused: Scenario = {...noRole, deletion: {...noRole.deletion, activeSessionFailures: 1}};

  it('is over when the deletion task has succeeded', async () => {
    account = await simulatedAccount(noRole);
    expect((await run('create-service-linked-role')).exitCode).toBe(0);
    const undone = await undo(latestToUndo(env()));
    expect(undone.exitCode).toBe(0);
    expect(account.simulator.account().role).toBeNull();
    expect(summaryText({state: undone.closing.state})).toMatch(/it is taken back/);
    expect(narrated(undone)).toContainEqual(expect.stringContaining('1 taken back'));
  });

  it('is not done when the task failed: the undo fails, says so, and the next one finishes it', async () => {
    account = await simulatedAccount(refused);
    await run('create-service-linked-role');
    const failed = await undo(latestToUndo(env()));
    expect(failed.exitCode).toBe(1);
    expect(account.simulator.account().role).not.toBeNull();
    expect(summaryText({state: failed.closing.state})).toMatch(/it is not taken back: AWS refused once/);
    const finished = await undo(latestToUndo(env()));
    expect(finished.exitCode).toBe(0);
    expect(account.simulator.account().role).toBeNull();
    expect(() => undoOrderOf(latestToUndo(env()))).toThrow(/was taken back already, and nothing is left/);
  });
});
