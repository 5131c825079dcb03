import type {Json} from '../../data/json.ts';
import type {Secret} from '../../runbook/secret.ts';
import type {Shape} from '../../runbook/operation.ts';
import type {Happening, RunQuestion} from './events.ts';
import type {Fault} from './fault.ts';
import type {CallOutcome} from './ports.ts';

/** Stand-in for values that AWS marks as sensitive in its responses. It is never sent: see {@link holdsConcealed}. */
const concealed = '<sensitive: not kept>';

/** A request as it is to be sent: masks give way to the secrets they stand for. */
export function revealed<T extends Json>(value: T, secrets: readonly Secret[]): T {
  if (secrets.length === 0) return value;
  return mapTexts(value, (text) => secrets.reduce((one, secret) => secret.reveal(one), text)) as T;
}

/**
 * Returns an outcome as the run may know it. Sensitive members of the response are left out. Sent secrets that come
 * back, in a response or an error's message, become masks again.
 */
export function concealedOutcome(
  outcome: CallOutcome,
  output: Shape,
  secrets: readonly Secret[],
): CallOutcome {
  const conceal = (text: string): string => secrets.reduce((one, secret) => secret.conceal(one), text);
  if (!outcome.ok) {
    return secrets.length === 0
      ? outcome
      : {...outcome, fault: {...outcome.fault, message: conceal(outcome.fault.message)}};
  }
  const kept = withoutSensitive(outcome.output, output);
  return {...outcome, output: secrets.length === 0 ? kept : mapTexts(kept, conceal)};
}

/**
 * Returns a happening as it may be recorded. A secret can come back in a form that only an expression makes readable,
 * so everything that an expression gave is looked through once more.
 */
export function concealedHappening(happening: Happening, secrets: readonly Secret[]): Happening {
  if (secrets.length === 0) return happening;
  const conceal = (text: string): string => secrets.reduce((one, secret) => secret.conceal(one), text);
  const entries = Object.entries(happening).map(([member, value]) => [
    member,
    worked.has(member) ? mapTexts(value as Json, conceal) : inner(member, value, conceal),
  ]);
  return Object.fromEntries(entries) as Happening;
}

/** Members of events that hold what expressions gave, or what AWS said. */
const worked = new Set([
  'output',
  'found',
  'summary',
  'why',
  'note',
  'items',
  'item',
  'message',
  'usage',
  'input',
  'resource',
  'result',
]);

/** A member with parts that hold such texts. */
function inner(member: string, value: unknown, conceal: (text: string) => string): unknown {
  if (member === 'fault' || member === 'unlooked') {
    const fault = value as Fault;
    return {...fault, message: conceal(fault.message)};
  }
  if (member !== 'question') return value;
  const question = value as RunQuestion;
  const changes = question.changes.map((change) => {
    const {target, detail, request} = change;
    return {
      ...change,
      target: conceal(target),
      ...(detail === undefined ? {} : {detail: conceal(detail)}),
      ...(request === undefined ? {} : {request: mapTexts(request, conceal)}),
    };
  });
  return {...question, message: conceal(question.message), changes};
}

/** Returns true if a request would carry a stand-in for a sensitive value. */
export function holdsConcealed(value: Json): boolean {
  if (typeof value === 'string') return value.includes(concealed);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsConcealed);
}

/** Returns the same value where nothing in it is sensitive, to avoid copying long lists. */
function withoutSensitive(value: Json, shape: Shape): Json {
  if (typeof value !== 'object' || value === null) return value;
  const item = shape.item();
  if (Array.isArray(value)) {
    if (item === undefined) return value;
    const kept = value.map((one: Json) => withoutSensitive(one, item));
    return kept.some((one, index) => one !== value[index]) ? kept : value;
  }
  const members = shape.members();
  let copy: Record<string, Json> | undefined;
  for (const [name, one] of Object.entries(value)) {
    const member = members.get(name);
    const inner = member?.shape ?? item;
    const kept =
      member?.sensitive === true ? concealed : inner === undefined ? one : withoutSensitive(one, inner);
    if (kept === one) continue;
    copy ??= Object.fromEntries(Object.entries(value));
    copy[name] = kept;
  }
  return copy ?? value;
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json) => mapTexts(one, change));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]));
}
