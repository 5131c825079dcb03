import {exitCodeOf} from '../../cli/exit-code-of.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {Event, RunQuestion} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import {NoEngine, type Engine} from '../../host/engine.ts';
import {asSeenBy} from '../approvals/approving.ts';
import {show} from '../../text/show.ts';
import type {View} from '../../ui/view.ts';
import type {Surroundings} from '../drive-run.ts';

/** A run of an engine, and the operator who attaches to it. */
export interface Attachment {
  readonly engine: Engine;
  readonly run: string;
  readonly by: string;
}

/** Time between two looks for new events (ms). */
const lookEvery = 200;

/**
 * Shows a run of an engine until it ends or the operator leaves, and sends answers and commands back. The run does not
 * notice when its terminals come and go. Returns the exit code.
 */
export async function attach(attachment: Attachment, {view, stopper, clock}: Surroundings): Promise<number> {
  const {engine, run, by} = attachment;
  const {gently} = stopper.interruption;
  const questions = new Questions(attachment, view);
  let state: RunState = initialState;
  let batches = 0;
  let polls = 0;
  /** Polls that found nothing new are no records: they are shown over these. */
  let unrecorded: readonly Event[] = [];
  let records = 0;
  let asked = 0;
  let heardAt = clock.now();
  let trouble: string | undefined;
  const say = (next: string | undefined): void => {
    if (next !== trouble) {
      // Lines have no place for what lasts.
      if (view.waiting === undefined) sayOnce(next ?? 'the engine answers again');
      else view.waiting(next);
    }
    if ((next === undefined) !== (trouble === undefined))
      view.unanswered?.(next === undefined ? undefined : heardAt);
    trouble = next;
  };
  view.steering?.((command) => {
    engine.command(run, command, by).catch((error: unknown) => say(reasonOf(error)));
  });
  while (state.ended === undefined && !gently.aborted) {
    try {
      const history = await engine.history(run, batches, undefined, polls);
      say(undefined);
      heardAt = clock.now();
      const upToDate = batches + history.batches.length === history.at?.batches;
      if (upToDate && history.polls !== undefined) {
        unrecorded = history.polls;
        polls = history.at?.polls ?? 0;
        if (history.batches.length === 0) view.publish(evolveAll(state, unrecorded), []);
      }
      for (const [index, batch] of history.batches.entries()) {
        state = evolveAll(state, batch);
        batches += 1;
        const asks = batch.findLastIndex(({type}) => type === 'asked');
        if (asks >= 0) asked = records + asks + 1;
        records += batch.length;
        const isLast = upToDate && index === history.batches.length - 1;
        view.publish(isLast ? evolveAll(state, unrecorded) : state, batch);
      }
      // Questions of long ago have their answers further on.
      if (upToDate) questions.follow(state, asked);
      if (history.batches.length > 0) continue;
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
      say(error.message);
    }
    await clock.until(clock.now() + lookEvery, gently);
  }
  questions.close();
  const left = state.ended === undefined;
  await view.close({
    state,
    ...(left
      ? {goesOn: true as const, next: `handrail attach ${run} --engine ${engine.url}`}
      : {next: `handrail export ${run} --engine ${engine.url}`}),
  });
  // The run is not this terminal's: leaving it ends nothing.
  return left ? exitCodes.done : exitCodeOf(state);
}

/** Puts the open question of a run to this terminal, and takes it back when it was answered elsewhere. */
class Questions {
  readonly #attachment: Attachment;
  readonly #view: View;
  #open: {readonly question: RunQuestion; readonly asking: AbortController} | undefined;

  constructor(attachment: Attachment, view: View) {
    this.#attachment = attachment;
    this.#view = view;
  }

  /** `asked`: the number of the record that put the last question. */
  follow(state: RunState, asked: number): void {
    const {question} = state;
    if (question === this.#open?.question) return;
    this.close();
    if (question === undefined) return;
    const asking = new AbortController();
    this.#open = {question, asking};
    void this.#ask(this.#asShown(state, question), asked, asking.signal);
  }

  /** The question as this operator sees it. Others approve as they answer: they attach. */
  #asShown(state: RunState, question: RunQuestion): RunQuestion {
    const {engine, run, by} = this.#attachment;
    const seen = asSeenBy(state, question, by);
    if (seen.approvals === undefined) return seen;
    const command = `handrail attach ${run} --engine ${engine.url}`;
    return {...seen, approvals: {...seen.approvals, command}};
  }

  close(): void {
    this.#open?.asking.abort();
    this.#open = undefined;
  }

  async #ask(question: RunQuestion, asked: number, signal: AbortSignal): Promise<void> {
    const {engine, run, by} = this.#attachment;
    const answer = await this.#view.ask(question, signal);
    // Nobody can be asked here, as where the output is no terminal: somebody else will.
    if (signal.aborted || ('missing' in answer && answer.missing !== undefined)) return;
    const named = {...answer, by};
    while (!signal.aborted) {
      try {
        return await engine.answer(run, asked, named);
      } catch (error) {
        this.#view.waiting?.(reasonOf(error));
        await new Promise((resolve) => setTimeout(resolve, lookEvery));
      }
    }
  }
}

function sayOnce(line: string): void {
  process.stderr.write(`handrail: ${show(line)}\n`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
