import {asAnswered} from '../../../aws/call/as-answered.ts';
import {membersOf, type Json, type JsonObject} from '../../../data/json.ts';
import {workIn} from '../../../engine/evolve/active-steps.ts';
import {evolve, initialState} from '../../../engine/evolve/evolve.ts';
import type {Event, Happening} from '../../../engine/model/events.ts';
import type {Fault} from '../../../engine/model/fault.ts';
import {defaultLimits, type Program} from '../../../engine/model/program.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {itemIn} from '../../../engine/evolve/item-updates.ts';
import {settle} from '../../../engine/respond/interpret-response.ts';
import {answerScope} from '../../../engine/scope/expression-scope.ts';
import type {OperationModel} from '../../../runbook/operation.ts';
import type {Runbook} from '../../../runbook/language/schema.ts';
import {same} from '../../../runbook/expression/data.ts';
import {endedCalls, toldBy, type EndedCall} from '../../record/recorded-answers.ts';
import {completed, defaultAnswer} from '../default-answer.ts';
import {candidates} from './candidates.ts';
import {firstOf, type Names} from './parts.ts';

/** An answer that leads to what the journal has, or an error that the journal has. */
export type Answered =
  | {readonly answer: JsonObject}
  | {readonly error: string; readonly message?: string; readonly status?: number};

/** An answer in the place where it came. */
export interface MadeAnswer {
  readonly ended: EndedCall;
  readonly given: Answered;
  /** How often it came. */
  readonly times: number;
}

export interface MadeAnswers {
  readonly made: readonly MadeAnswer[];
  /** Number of answers that could not be made, by step. */
  readonly missing: ReadonlyMap<string, number>;
}

/** The most answers that are tried for one call. */
const mostTried = 60;

/** Lowest HTTP status of a refusal. */
const leastRefusal = 300;

/** The most earlier answers that one is made from. */
const mostSeeds = 3;

/**
 * Makes the answers of AWS from a journal, which has only what the runbook's expressions gave. Each of them was given to
 * the engine again, and has led to the events that the journal has.
 */
export async function madeAnswers(
  events: readonly Event[],
  runbook: Runbook,
  operations: ReadonlyMap<string, OperationModel>,
): Promise<MadeAnswers> {
  const program = {runbook, operations, limits: defaultLimits, attended: false, waive: []};
  const made: MadeAnswer[] = [];
  const missing = new Map<string, number>();
  const miss = ({step}: EndedCall, count: number): void =>
    void missing.set(step.id, (missing.get(step.id) ?? 0) + count);
  let state: RunState = initialState;
  let folded = 0;
  for (const ended of endedCalls(events, runbook)) {
    state = events.slice(folded, ended.at).reduce(evolve, state);
    folded = ended.at;
    const same = made.findLast((one) => isSameLook(one.ended, ended));
    // The polls that were left out found what the one before found.
    const polls = ended.event.unrecorded?.polls ?? 0;
    if (polls > 0 && same !== undefined) made.push({...same, times: polls});
    else if (polls > 0) miss(ended, polls);
    const given = await answerOf(ended, {program, state}, made);
    if (given === undefined) miss(ended, 1);
    else made.push({ended, given, times: 1});
  }
  return {made, missing};
}

function isSameLook({call: one}: EndedCall, {call: other}: EndedCall): boolean {
  return one.step === other.step && one.region === other.region && one.item === other.item;
}

interface Context {
  readonly program: Program;
  /** The state in which the answer came. */
  readonly state: RunState;
}

async function answerOf(
  ended: EndedCall,
  context: Context,
  made: readonly MadeAnswer[],
): Promise<Answered | undefined> {
  const told = toldBy(ended);
  if (ended.event.type === 'call-failed') return refusal(ended.event.fault);
  if (told?.answer !== undefined) return {answer: told.answer as JsonObject};
  if (told?.recorded !== undefined && 'more' in told.recorded) return undefined;
  const {operation, region} = ended.call;
  const model = context.program.operations.get(operation);
  if (model === undefined || model.missing !== undefined) return undefined;
  const now = new Date(ended.event.at).toISOString();
  const least = defaultAnswer(model, now);
  const earlier = made
    .filter(({ended: {call}}) => call.operation === operation && call.region === region)
    .flatMap(({given}) => ('answer' in given ? [given.answer] : []))
    .slice(-mostSeeds);
  const tried = firstOf(
    mostTried,
    candidates(ended, told, namesAt(context, ended), [...earlier.toReversed(), least]),
  );
  for (const candidate of tried) {
    const whole = completed(candidate, model.output, now) as JsonObject;
    for (const answer of [whole, {...least, ...whole}])
      if (await leadsThere(answer, ended, context)) return {answer};
  }
  return undefined;
}

/** An error as a service can send it. A time that ran out, and an answer that made no sense, are none. */
function refusal({name, message, status}: Fault): Answered | undefined {
  if (status !== undefined && status >= leastRefusal) return {error: name, message, status};
  // A connection that broke: Node names it in the error's message.
  const broke = /\bE[A-Z]{4,}\b/.exec(`${name} ${message}`)?.[0];
  return status === undefined && broke !== undefined ? {error: broke} : undefined;
}

/** The names that the expressions of a step reach beside the answer. */
function namesAt({state}: Context, {call: {step, region, item, phase}, event}: EndedCall): Names {
  const lane = (region === undefined ? undefined : state.lanes.get(region)) ?? state.account;
  const value = itemIn(workIn(lane, step)?.items, item)?.value;
  // A wait goes by the time of each answer.
  const now = phase === 'poll' || phase === 'verify' ? event.at : undefined;
  return answerScope(state, lane, value ?? null, null, now);
}

/** Returns true if the engine makes of an answer what the journal has. */
async function leadsThere(answer: JsonObject, ended: EndedCall, context: Context): Promise<boolean> {
  const {call, event, item} = ended;
  const outcome = await asAnswered(call.operation, answer).catch(() => undefined);
  if (outcome?.ok !== true || outcome.nextToken !== undefined) return false;
  const {operation, region, input} = call;
  const request = {operation, input: input as JsonObject, ...(region === undefined ? {} : {region})};
  const happened = settle({
    ...context,
    action: {intent: call, request},
    outcome,
    now: event.at,
    random: 0.5,
  });
  const [first, ...rest] = happened.filter(({type}) => type !== 'region-found');
  return isAs(first, event) && (item === undefined ? rest.length === 0 : isAs(rest[0], item));
}

/** Members of events that are the same wherever the same was answered. */
const telling = ['type', 'output', 'summary', 'changed', 'note', 'notMade', 'usage'] as const;

function isAs(one: Happening | undefined, other: Event): boolean {
  if (one === undefined) return false;
  const [made, had] = [one, other] as unknown as readonly [JsonObject, JsonObject];
  return (
    telling.every((name) => same(made[name] ?? null, had[name] ?? null)) &&
    looksAgain(made) === looksAgain(had) &&
    same(faultOf(made), faultOf(had))
  );
}

function looksAgain(event: JsonObject): boolean {
  return event['nextPollAt'] !== undefined;
}

function faultOf({fault}: JsonObject): Json {
  const {name = null, message = null} = membersOf(fault);
  return [name, message];
}
