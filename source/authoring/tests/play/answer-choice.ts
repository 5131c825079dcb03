import {isDeepStrictEqual} from 'node:util';
import type {Json} from '../../../data/json.ts';
import type {AnswerEntry} from '../language.ts';
import {contains} from './contains.ts';

/** The part of an entry that says which requests it answers. */
export type About = Pick<AnswerEntry, 'region' | 'with' | 'step' | 'until' | 'times'>;

/** A request that wants an answer. */
interface Asked {
  readonly operation: string;
  readonly region?: string;
  readonly step?: string;
  readonly input: Json;
}

/** Chooses among the answers of a file: the first entry that fits a request and is not used up. */
export class AnswerChoice<T extends About> {
  readonly #answers: ReadonlyMap<string, readonly T[]>;
  readonly #given = new Map<T, Map<string, number>>();

  constructor(answers: ReadonlyMap<string, readonly T[]>) {
    this.#answers = answers;
  }

  /** Returns true if an entry has answered a request. */
  isUsed(answer: T): boolean {
    return this.#given.has(answer);
  }

  /** The entry that answers a request. `sent`: the requests so far. Undefined where none is left. */
  choose(request: Asked, sent: readonly Asked[]): T | undefined {
    const {operation, region = ''} = request;
    const fitting = (this.#answers.get(operation) ?? []).filter((one) => fits(one, request, sent));
    const chosen = fitting.find((one, at) => {
      const goesOn = one.until !== undefined || !fitting.slice(at + 1).some((later) => isAbout(later, one));
      const most = one.times ?? (goesOn ? Infinity : 1);
      return (this.#given.get(one)?.get(region) ?? 0) < most;
    });
    if (chosen === undefined) return undefined;
    const counts = this.#given.get(chosen) ?? new Map<string, number>();
    counts.set(region, (counts.get(region) ?? 0) + 1);
    this.#given.set(chosen, counts);
    return chosen;
  }
}

function fits(answer: About, {region, step, input}: Asked, sent: readonly Asked[]): boolean {
  const {until} = answer;
  return (
    (answer.region === undefined || answer.region === region) &&
    (answer.step === undefined || answer.step === step) &&
    (answer.with === undefined || contains(input, answer.with as Json)) &&
    (until === undefined || !sent.some((one) => one.operation === until && isNear(one, region)))
  );
}

/** Returns true if two entries are about the same requests: then the second follows the first. */
function isAbout(one: About, other: About): boolean {
  return one.region === other.region && one.step === other.step && isDeepStrictEqual(one.with, other.with);
}

/** A request of the account is near to every Region, and every Region to the account. */
function isNear(one: Asked, region: string | undefined): boolean {
  return one.region === undefined || region === undefined || one.region === region;
}
