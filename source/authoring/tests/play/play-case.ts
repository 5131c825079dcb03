import {asAnswered, asRefused} from '../../../aws/call/as-answered.ts';
import type {Event} from '../../../engine/model/events.ts';
import type {Identity} from '../../../engine/model/identity.ts';
import type {Fault} from '../../../engine/model/fault.ts';
import type {CallOutcome, CallRequest} from '../../../engine/model/ports.ts';
import {stamp} from '../../../engine/model/ports.ts';
import {defaultLimits, type Program} from '../../../engine/model/program.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {evolveAll, initialState} from '../../../engine/evolve/evolve.ts';
import {run} from '../../../engine/run.ts';
import {secretsAmong} from '../../../runbook/inputs.ts';
import type {Secret} from '../../../runbook/secret.ts';
import type {Order} from '../../../runs/order.ts';
import {beginning, regionsFor} from '../../../runs/prepare-run.ts';
import {shortCaller} from '../../../wording/fault-text.ts';
import {answersOf, givenInputs, regionsOfCase} from '../case-parts.ts';
import {Dialogue} from './dialogue.ts';
import type {AnswerEntry, TestCase, TestFile} from '../language.ts';
import type {LoadedTest} from '../loaded-test.ts';
import {MockedAws, type PreparedAnswer} from './mocked-aws.ts';
import {recordedAnswer, withRecordedSteps} from './recorded-steps.ts';
import {VirtualClock} from './virtual-clock.ts';

/** A run of a case, seen to its end. */
export interface Played {
  readonly state: RunState;
  readonly events: readonly Event[];
  readonly aws: MockedAws;
  readonly dialogue: Dialogue;
  /** The answers by operation, in the order of the file. */
  readonly answers: ReadonlyMap<string, readonly PreparedAnswer[]>;
  readonly secrets: readonly Secret[];
  /** It sent more requests than any run does, or waited for something that never happens. */
  readonly endless: boolean;
}

/**
 * Runs a case: the loop of any run, with AWS, the clock and the operator from the test. Nothing is sent and nothing is
 * written. Throws NoRegions and UsageError where a run would not begin.
 */
export async function playCase(test: LoadedTest, one: TestCase): Promise<Played> {
  const {content, runbook, operations} = test;
  const identity = identityOf(content);
  const order = orderOf(test, one);
  const never = new AbortController().signal;
  const aws = {
    call: (request: CallRequest) => beforeRun(request, regionsOfCase(content, one)),
    renew: noRenewal,
  };
  const choice = await regionsFor(order, aws, identity.partition, never);
  const early = Promise.resolve({partition: identity.partition, choice});
  const settled = {aws, identity, operations, notes: []};
  const {started, waived} = await beginning(order, settled, early, never);
  const stop = new AbortController();
  // Steps whose client is not installed are skipped, and their answers are of no use.
  const given = new Map(
    [...answersOf(content, one)].filter(([name]) => operations.get(name)?.missing === undefined),
  );
  const answers = await prepared(given);
  const mocked = new MockedAws(answers, () => stop.abort('SIGTERM'));
  const clock = new VirtualClock(Date.parse(content.now));
  const who = shortCaller(identity);
  const dialogue = new Dialogue(one.operator, who);
  const secrets = secretsAmong(order.inputs);
  const first = [{...started, run: 'test'}, ...waived].map((event) => stamp(event, clock.now()));
  const events: Event[] = [...first];
  const program: Program = {
    runbook: withRecordedSteps(runbook.runbook, [...given.values()].flat()),
    operations,
    limits: defaultLimits,
    attended: false,
    waive: one.waive ?? [],
    waivedBy: `${who} with --waive`,
    secrets,
  };
  let state = evolveAll(initialState, first);
  let isOver = false;
  let tokens = 0;
  const running = run({
    program,
    ports: {
      aws: mocked,
      clock,
      operator: dialogue,
      journal: {append: async (batch) => mocked.journaled(batch)},
      // No chance: a test ends as it ended the last time.
      chance: {random: () => 0.5, token: () => `token-${(tokens += 1)}`},
    },
    from: state,
    publish: (next, batch) => {
      state = next;
      events.push(...batch);
    },
    interruption: {gently: stop.signal, atOnce: stop.signal},
    operator: who,
  }).finally(() => (isOver = true));
  running.catch(() => undefined);
  const came = await clock.passUntil(
    () => isOver,
    () => mocked.giveFirst(),
  );
  if (came) await running;
  return {state, events, aws: mocked, dialogue, answers, secrets, endless: !came || stop.signal.aborted};
}

function identityOf({account, caller}: TestFile): Identity {
  const arn = caller ?? `arn:aws:sts::${account}:assumed-role/ops/kim`;
  return {account, arn, partition: arn.split(':')[1] ?? 'aws'};
}

function orderOf({content, runbook}: LoadedTest, one: TestCase): Order {
  return {
    loaded: runbook,
    inputs: givenInputs(runbook.runbook, content, one),
    mode: one.plan === true ? 'plan' : 'live',
    simulation: false,
    regions: one.region ?? [],
    onlyRegions: one.onlyRegion ?? [],
    connection: {},
    answers: {yes: false, confirm: [], everything: false, waive: one.waive ?? []},
  };
}

/** Answers the questions before a run: which Regions there are, and what the caller may do. */
async function beforeRun({operation}: CallRequest, regions: readonly string[]): Promise<CallOutcome> {
  switch (operation) {
    case 'account:ListRegions':
      return asAnswered(operation, {
        Regions: regions.map((RegionName) => ({RegionName, RegionOptStatus: 'ENABLED'})),
      });
    case 'ssm:GetParametersByPath':
      return asAnswered(operation, {Parameters: regions.map((Value) => ({Value}))});
    default:
      return asAnswered(operation, {EvaluationResults: []});
  }
}

const noRenewal = async (): Promise<{works: false; why: string}> => ({
  works: false,
  why: 'a test has no other',
});

async function prepared(
  answers: ReadonlyMap<string, readonly AnswerEntry[]>,
): Promise<ReadonlyMap<string, readonly PreparedAnswer[]>> {
  const all = [...answers].map(async ([operation, entries]) => {
    const outcomes = entries.map(async (entry) => ({...entry, outcome: await outcomeOf(operation, entry)}));
    return [operation, await Promise.all(outcomes)] as const;
  });
  return new Map(await Promise.all(all));
}

/** HTTP status of most refusals. */
const badRequest = 400;

async function outcomeOf(operation: string, entry: AnswerEntry): Promise<CallOutcome> {
  const {answer, error, message, status, recorded} = entry;
  if (recorded !== undefined) {
    if ('fault' in recorded) return {ok: false, fault: recorded.fault as Fault, ms: 0};
    const answered = {ok: true, output: recordedAnswer(recorded), ms: 0, unmodeled: []} as const;
    return 'more' in recorded ? {...answered, nextToken: 'more'} : answered;
  }
  if (error === undefined) return asAnswered(operation, answer ?? {});
  const name = error;
  const said = message ?? `${name} of the test`;
  // A connection that breaks, or a time that runs out, comes without an answer.
  const answered = !/^E[A-Z_]+$|^TimeoutError$/.test(name);
  return asRefused({name, message: said, ...(answered ? {status: status ?? badRequest} : {})});
}
