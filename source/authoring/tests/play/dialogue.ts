import type {Question, RunQuestion} from '../../../engine/model/events.ts';
import type {Answer, OperatorPort} from '../../../engine/model/ports.ts';
import type {Reply} from '../language.ts';

/** A question that was asked, and the entry that answered it. */
export interface Asked {
  readonly question: RunQuestion;
  /** Position among the entries; undefined where no entry was left, or it was another step's. */
  readonly entry?: number;
}

/** Answers a run's questions from a test's entries, in their order. */
export class Dialogue implements OperatorPort {
  readonly #replies: readonly Reply[];
  readonly #by: string;
  readonly asked: Asked[] = [];

  /** `by`: the caller, as the journal names who answered. */
  constructor(replies: readonly Reply[], by: string) {
    this.#replies = replies;
    this.#by = by;
  }

  /** Number of entries that have answered. */
  get used(): number {
    return this.asked.filter(({entry}) => entry !== undefined).length;
  }

  async ask(question: Question): Promise<Answer> {
    const by = this.#by;
    // A test runs without an attending operator, and alone: no such run asks for these.
    if (question.kind === 'code' || question.kind === 'waiver' || question.kind === 'second-run')
      return {accepted: false, by, missing: 'an operator'};
    const entry = this.used;
    const reply = this.#replies[entry];
    if (reply === undefined || reply.step !== question.step) {
      this.asked.push({question});
      return {accepted: false, by, missing: 'an answer in the test'};
    }
    this.asked.push({question, entry});
    // Each approval is another person's.
    const given = question.approvals?.given.length;
    if (given !== undefined && reply.answer !== 'nobody') return this.#approval(question, reply, given);
    const wanted = question.kind === 'type-text' ? question.typeToConfirm : undefined;
    if (reply.answer === 'nobody') {
      const option = wanted === undefined ? '--yes' : `--confirm ${JSON.stringify(wanted)}`;
      return {accepted: false, by, missing: option};
    }
    return this.#decision(reply, wanted, by);
  }

  #approval(question: RunQuestion, reply: Reply, given: number): Answer {
    const wanted = question.kind === 'type-text' ? question.typeToConfirm : undefined;
    return this.#decision(reply, wanted, `person ${given + 1}`);
  }

  #decision(reply: Reply, wanted: string | undefined, by: string): Answer {
    if (reply.type === undefined) return {accepted: reply.answer === 'yes' && wanted === undefined, by};
    return {accepted: reply.type === wanted, by, typed: reply.type};
  }
}

/** All that a question shows, a line for its message and one for each change. */
export function questionText({message, changes}: RunQuestion): string {
  const lines = changes.map(({title, region, operation, target, detail, request}) =>
    [region, title, operation, target, detail, request === undefined ? undefined : JSON.stringify(request)]
      .filter((part) => part !== undefined && part !== '')
      .join(' '),
  );
  return [message, ...lines].join('\n');
}
