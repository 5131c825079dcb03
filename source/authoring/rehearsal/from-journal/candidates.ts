import {isObject, type Json, type JsonObject} from '../../../data/json.ts';
import {isList} from '../../../runbook/expression/data.ts';
import {evaluate} from '../../../runbook/expression/evaluate.ts';
import {ExpressionError} from '../../../runbook/expression/parse.ts';
import {expressionIn} from '../../../runbook/expression/template.ts';
import type {WaitUntil} from '../../../runbook/language/actions/wait-until.ts';
import type {Step} from '../../../runbook/language/step.ts';
import type {EndedCall, Told} from '../../record/recorded-answers.ts';
import {firstOf, type Names} from './parts.ts';
import {preimages} from './preimages.ts';

type Acceptor = WaitUntil['acceptors'][number];
type Values = Generator<Json, void>;

/**
 * Answers that may have led to what the journal tells, in the order in which they are worth a try. `seeds` are answers
 * to start from. The engine decides which one has: most of these are wrong.
 */
export function* candidates(
  {step, call: {phase}}: EndedCall,
  told: Told | undefined,
  names: Names,
  seeds: readonly JsonObject[],
): Generator<JsonObject, void> {
  const {recorded} = told ?? {};
  for (const seed of [undefined, ...seeds]) {
    const found =
      recorded !== undefined && 'output' in recorded
        ? reached(step, phase, recorded['output'] as Json, names, seed)
        : recorded !== undefined && 'failed' in recorded
          ? failing(step, recorded, names, seed)
          : lookingAgain(step, phase, names, seed);
    for (const value of found) if (isObject(value)) yield value;
  }
}

/** Answers that end an item with an output. */
function* reached({action}: Step, phase: string, output: Json, names: Names, seed?: Json): Values {
  switch (action.kind) {
    case 'call': {
      if (phase !== 'recheck') return yield* outputOf(action.output, output, names, seed);
      const {done, output: kept} = action.beforeRetry ?? {};
      const made = kept === undefined ? one(seed) : outputOf(kept, output, names, seed);
      for (const value of made) yield* outputOf(done, true, names, value);
      return;
    }
    case 'update':
      for (const value of outputOf(action.resource, output, names, seed))
        yield* accepted(action.waitUntil?.acceptors, 'success', names, value);
      return;
    case 'waitUntil':
      for (const value of outputOf(action.output, output, names, seed))
        yield* accepted(action.acceptors, 'success', names, value);
      return;
    default:
  }
}

/** Answers that a wait gives up at, for a reason and because of resources that are in the way. */
function* failing({action}: Step, {failed, usage}: JsonObject, names: Names, seed?: Json): Values {
  const wait = action.kind === 'waitUntil' ? action : action.kind === 'update' ? action.waitUntil : undefined;
  const expressions: {readonly reason?: string | undefined; readonly usage?: string | undefined} =
    wait?.failure ?? {};
  for (const value of accepted(wait?.acceptors, 'failure', names, seed)) {
    const reasons = [...some(outputOf(expressions.reason, failed ?? null, names, value)), value];
    for (const reason of reasons) {
      if (usage !== undefined) yield* outputOf(expressions.usage, usage, names, reason);
      yield reason;
    }
  }
}

/** Answers that a wait looks again after, or that a call is tried again after. */
function* lookingAgain({action}: Step, phase: string, names: Names, seed?: Json): Values {
  yield seed ?? {};
  if (action.kind === 'call' && phase === 'recheck')
    yield* outputOf(action.beforeRetry?.done, false, names, seed);
  if (action.kind === 'waitUntil') yield* accepted(action.acceptors, 'retry', names, seed);
}

/** The most ways that are followed from one value to the next condition. */
const mostWays = 4;

function some(values: Values): readonly Json[] {
  return [...firstOf(mostWays, values)];
}

function* one(value: Json | undefined): Values {
  yield value ?? {};
}

/** Answers of which the text of a runbook gives a value. Without a text, the answer is that value. */
function* outputOf(text: string | undefined, value: Json, names: Names, seed?: Json): Values {
  const expression = text === undefined ? undefined : expressionIn(text);
  if (expression !== undefined) yield* some(preimages(expression, value, names, seed));
  else if (text === undefined) yield value;
}

/** The answer so far, made such that an acceptor with this effect may match. */
function* accepted(
  acceptors: readonly Acceptor[] | undefined,
  state: Acceptor['state'],
  names: Names,
  seed?: Json,
): Values {
  yield seed ?? {};
  for (const {matcher} of (acceptors ?? []).filter((acceptor) => acceptor.state === state)) {
    if (!('output' in matcher)) continue;
    const {path, expected, comparator} = matcher.output;
    for (const wanted of wantedBy(comparator, expected, countAt(path, names, seed)))
      yield* some(preimages(path, wanted, names, seed));
  }
}

function wantedBy(comparator: string, expected: string, count: number): readonly Json[] {
  if (comparator === 'booleanEquals') return [expected === 'true'];
  return comparator === 'stringEquals' ? [expected] : [Array.from({length: count}, () => expected)];
}

/** Number of entries that there are at a path; one where there is none yet. */
function countAt(path: string, names: Names, seed: Json | undefined): number {
  try {
    const value = evaluate(path, {...names, root: seed ?? {}}, 'lenient');
    return isList(value) ? Math.max(value.length, lengthOf(seed)) : lengthOf(seed);
  } catch (error) {
    if (error instanceof ExpressionError) return 1;
    throw error;
  }
}

/** Entries of the longest list of an answer, whose members the path is about, perhaps; at least one. */
function lengthOf(answer: Json | undefined): number {
  const lists = isObject(answer) ? Object.values(answer).filter(isList) : [];
  return Math.max(1, ...lists.map((list) => list.length));
}
