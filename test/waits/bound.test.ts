import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {boundOf} from '../../benchmark/support/bound.ts';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import {AnswersAhead} from '../../source/aws/call/answers-ahead.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {stamp} from '../../source/engine/model/ports.ts';
import {defaultLimits} from '../../source/engine/model/program.ts';
import {outlineOf} from '../../source/engine/outline.ts';
import {knownReads} from '../../source/engine/requests/known-reads.ts';
import {run} from '../../source/engine/run.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {inputValues, maskedInputs} from '../../source/runbook/inputs.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {seeded} from '../crash/random.ts';
import {virtualClock} from '../engine/virtual-clock.ts';
import {accountInProcess} from '../support/account-in-process.ts';

const startMs = Date.UTC(2026, 10, 27);
const folder = join(import.meta.dirname, '../../benchmark/scenarios/waits');

interface Timed {
  /** Seconds, as a multiple of the least time that the scenario allows. */
  readonly ratio: number;
  /** Calls in the Region that has the fewest. */
  readonly fewest: number;
}

/**
 * Plays the whole removal at its shipped defaults. Only AWS takes time: neither this machine nor anything else that
 * runs on it changes the result. Before the run the Regions are listed, in one call's time, and SSM's pages in four.
 */
async function removal(name: string, seed: number): Promise<Timed> {
  const scenario = loadScenario(join(folder, `${name}.yaml`));
  const clock = virtualClock(startMs);
  const aws = accountInProcess(scenario, clock);
  const loaded = findRunbook('delete-service-linked-role');
  const operations = await modelsFor(loaded);
  const inputs = maskedInputs(inputValues(loaded.runbook, []));
  const never = new AbortController().signal;
  const program = {runbook: loaded.runbook, operations, limits: defaultLimits, attended: false, waive: []};
  const started = {
    type: 'run-started' as const,
    run: 'bound',
    runbook: {name: loaded.runbook.name, title: '', file: '', text: '', sha256: ''},
    steps: outlineOf(program),
    inputs,
    mode: 'live' as const,
    simulation: true,
    identity: {account: scenario.account.id, arn: scenario.account.caller, partition: 'aws'},
    regions: scenario.regionNames,
    regionSource: 'discovered' as const,
    notes: [],
    versions: {},
  };
  const random = seeded(seed);
  let tokens = 0;
  let ended: RunState | undefined;
  const play = async (): Promise<void> => {
    const ahead = new AnswersAhead(aws, defaultLimits.maxConcurrency, () => clock.now());
    const known = knownReads(program, inputs);
    ahead.send(known.account, never);
    await clock.until(startMs + scenario.latencyMs, never);
    ahead.send(
      scenario.regionNames.flatMap((region) => known.inRegion(region)),
      never,
    );
    await clock.until(startMs + 4 * scenario.latencyMs, never);
    ended = await run({
      program,
      ports: {
        aws: ahead.over(aws),
        clock,
        journal: {append: async () => undefined},
        operator: {
          ask: async (question) => ({
            accepted: true,
            by: 'test',
            ...(question.kind === 'type-text' ? {typed: question.typeToConfirm} : {}),
          }),
        },
        chance: {random, token: () => `token-${(tokens += 1)}`},
      },
      from: evolve(initialState, stamp(started, clock.now())),
      publish: () => undefined,
      interruption: {gently: never, atOnce: never},
    });
  };
  let failed: unknown;
  play().catch((error: unknown) => (failed = error));
  await clock.passUntil(() => ended !== undefined || failed !== undefined);
  if (ended === undefined) throw failed;
  expect(ended.ended?.status).toBe('done');
  const counts = scenario.regionNames.map(
    (region) => aws.asked.filter((call) => call.region === region).length,
  );
  return {
    ratio: (clock.now() - startMs) / 1000 / boundOf(scenario),
    fewest: Math.min(...counts),
  };
}

const seeds = [1, 2, 3];

describe('the removal at its shipped defaults takes hardly longer than AWS does', () => {
  it.each([
    ['short', 'cancels of 3 s and longer, a task of 3 s', 1.12],
    ['usual', 'cancels of 20 s, a task of 8 s', 1.05],
    ['long', 'cancels of 45 s, a task of 12 s', 1.04],
    ['quiet', 'nothing in use', 1.2],
    ['late', 'a build that lets the first deletion fail', 1.28],
    ['big', 'one Region with 2,000 pipelines and 2,800 builds', 1.06],
  ])('%s: %s', async (name, _what, most) => {
    const timed: Timed[] = [];
    for (const seed of seeds) timed.push(await removal(name, seed));
    const ratios = timed.map(({ratio}) => ratio).toSorted((one, other) => one - other);
    expect(ratios[1]).toBeLessThanOrEqual(most);
    // Two looks at a Region in which nothing is going on, each of two lists; twice where the deletion fails once. Where
    // there are pipelines, EventBridge's rules are listed once.
    expect(timed.map(({fewest}) => fewest)).toEqual(seeds.map(() => (name === 'late' ? 8 : 4)));
  });
});
