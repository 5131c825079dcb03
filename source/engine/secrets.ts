import type {Secret} from '../runbook/secret.ts';
import type {Shape} from '../runbook/operation.ts';
import type {Json} from './events.ts';
import type {CallOutcome} from './ports.ts';

/** Stands for what AWS marks as sensitive in its answers. It is never sent: see {@link holdsConcealed}. */
const concealed = '<sensitive: not kept>';

/** A request as it is to be sent: masks give way to the secrets they stand for. */
export function revealed<T extends Json>(value: T, secrets: readonly Secret[]): T {
  if (secrets.length === 0) return value;
  return mapTexts(value, (text) => secrets.reduce((one, secret) => secret.reveal(one), text)) as T;
}

/**
 * An outcome as it may be known to the run: members that the service's model calls sensitive are left out of the
 * answer, and secrets that were sent and came back, in an answer or in an error's message, become their masks again.
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
  const kept = mayBeSensitive(output) ? withoutSensitive(outcome.output, output) : outcome.output;
  return {...outcome, output: secrets.length === 0 ? kept : mapTexts(kept, conceal)};
}

/** Whether a request would carry what stands for something sensitive, instead of the thing itself. */
export function holdsConcealed(value: Json): boolean {
  if (typeof value === 'string') return value.includes(concealed);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsConcealed);
}

/** What was found of a shape: a long list is not copied for nothing. */
const sensitivity = new WeakMap<Shape, boolean>();
/** Models refer to themselves; what is deeper than any of AWS's answers counts as sensitive. */
const deepest = 12;

/** Whether anything within a shape is marked as sensitive. */
function mayBeSensitive(shape: Shape, depth = 0): boolean {
  if (depth > deepest) return true;
  const known = sensitivity.get(shape);
  if (known !== undefined) return known;
  const item = shape.item();
  const found =
    (item !== undefined && mayBeSensitive(item, depth + 1)) ||
    [...shape.members().values()].some(
      (member) => member.sensitive || mayBeSensitive(member.shape, depth + 1),
    );
  sensitivity.set(shape, found);
  return found;
}

function withoutSensitive(value: Json, shape: Shape): Json {
  if (typeof value !== 'object' || value === null) return value;
  const item = shape.item();
  if (Array.isArray(value)) {
    return item === undefined ? value : value.map((one: Json) => withoutSensitive(one, item));
  }
  const members = shape.members();
  const entries = Object.entries(value).map(([name, one]): [string, Json] => {
    const member = members.get(name);
    if (member?.sensitive === true) return [name, concealed];
    const inner = member?.shape ?? item;
    return [name, inner === undefined ? one : withoutSensitive(one, inner)];
  });
  return Object.fromEntries(entries);
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json) => mapTexts(one, change));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]));
}
