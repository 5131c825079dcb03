import {randomUUID} from 'node:crypto';
import {defined} from '../data/defined.ts';
import {evolveAll, initialState} from '../engine/evolve/evolve.ts';
import type {Event} from '../engine/model/events.ts';
import type {Program} from '../engine/model/program.ts';
import type {RunState} from '../engine/model/state.ts';
import {noLists, type Lists} from '../engine/respond/list-reader.ts';
import {turn, type Arrival, type RunTurn, type Standing} from '../engine/turn.ts';
import {encodeRecord, genesis} from '../journal/record.ts';
import type {Engine} from './engine.ts';
import type {At, HostOrder, ListsText, News} from './messages.ts';
import type {HostWorker} from './worker.ts';

type RunStarted = Extract<Event, {type: 'run-started'}>;

/** A run as this process has it in memory. The hash of its last record says which moment of which history it is. */
interface Kept {
  readonly head: string;
  readonly state: RunState;
  readonly program: Program;
  /** Number of the record that put the last question. */
  readonly asked: number;
}

/** What a turn leads to, as plain data: the engine keeps it before anything is done about it. */
export interface HostTurn {
  readonly events: readonly Event[];
  readonly at: At;
  readonly lists: ListsText;
  readonly calls: readonly {
    readonly action: RunTurn['calls'][number]['action'];
    readonly request: RunTurn['calls'][number]['request'];
  }[];
  /** Send a message after so many ms. */
  readonly wakeInMs?: number;
  /** Look for new credentials. */
  readonly renew: boolean;
}

/** The runs that a worker has in memory. One that it lacks, or has at another moment, is read again from the engine. */
export class KeptRuns {
  readonly #worker: HostWorker;
  readonly #engine: Engine;
  readonly #kept = new Map<string, Kept>();
  readonly #starts = new Map<string, Promise<RunStarted>>();

  constructor(worker: HostWorker, engine: Engine) {
    this.#worker = worker;
    this.#engine = engine;
  }

  /** How far a run is after its first events. */
  begun(run: string, events: readonly Event[], {answers, by}: HostOrder): At {
    const {records, head} = chained(run, {records: 0, head: genesis}, events);
    const given = answers === undefined ? {} : {answers: {...answers, by}};
    return {batches: 1, records, head, status: 'running', ...given};
  }

  /** Takes a run one turn further. */
  async turn(run: string, at: At, listsText: ListsText, news: News): Promise<HostTurn> {
    const kept = await this.#keptAt(run, at);
    const before = {
      state: kept.state,
      lists: listsText.length === 0 ? noLists : (new Map(listsText) as Lists),
    };
    const now = Date.now();
    const arrivals = await this.#arrivals(news, kept);
    const chance = {random: Math.random, token: randomUUID};
    const take = (standing: Standing, news: readonly Arrival[]): RunTurn =>
      turn(kept.program, standing, news, now, chance);
    const next = await this.#asked(await this.#answered(take(before, arrivals), at.answers, take), take);
    const {state, batch} = next;
    const {records, head} = chained(run, at, batch);
    const asks = batch.findLastIndex(({type}) => type === 'asked');
    this.#keep(run, {...kept, head, state, asked: asks < 0 ? kept.asked : at.records + asks + 1});
    const wakes = news.kind === 'wake' || at.wakeAt === undefined ? undefined : at.wakeAt;
    const {wakeAt} = next;
    const renewing = news.kind !== 'renewed' && at.renewing === true;
    const pausedForKeys = state.paused?.why === 'credentials';
    return {
      events: batch,
      at: {
        batches: at.batches + (batch.length === 0 ? 0 : 1),
        records,
        head,
        status: statusOf(state),
        ...(wakeAt === undefined ? {} : {wakeAt}),
        ...(renewing || pausedForKeys ? {renewing: true} : {}),
        ...defined({answers: at.answers, holds: at.holds}),
      },
      lists: [...next.lists],
      calls: next.calls,
      ...(wakeAt === undefined || wakeAt === wakes ? {} : {wakeInMs: Math.max(0, wakeAt - now)}),
      renew: pausedForKeys && !renewing,
    };
  }

  /** Returns the first event of a run. It is asked for once, however many calls of the run begin at the same time. */
  startOf(run: string): Promise<RunStarted> {
    const earlier = this.#starts.get(run);
    if (earlier !== undefined) return earlier;
    const start = firstOf(this.#engine, run);
    this.#starts.set(run, start);
    start.catch(() => this.#starts.delete(run));
    return start;
  }

  /** Takes a run on by the answers that were given with its order, as far as they go. */
  async #answered(
    next: RunTurn,
    answers: At['answers'],
    take: (standing: Standing, news: readonly Arrival[]) => RunTurn,
  ): Promise<RunTurn> {
    const {question} = next.state;
    if (answers === undefined || question === undefined) return next;
    const answer = await this.#worker.presetAnswer(question, answers);
    if (answer === undefined) return next;
    const then = take(next, [{kind: 'answer', question, answer}]);
    // An answer that is not valid leaves the question open, for those who attach.
    if (then.state.question === question) return next;
    const both = {...then, batch: [...next.batch, ...then.batch], calls: [...next.calls, ...then.calls]};
    return this.#answered(both, answers, take);
  }

  /** Takes a run on by what its change calendars say, where a change waits for that. */
  async #asked(
    next: RunTurn,
    take: (standing: Standing, news: readonly Arrival[]) => RunTurn,
  ): Promise<RunTurn> {
    const {started} = next.state;
    if (next.calendars.length === 0 || started === undefined) return next;
    const said = await Promise.all(
      next.calendars.map(async (calendar): Promise<Arrival> => {
        const answer = await this.#worker.calendarState(started, calendar);
        return {kind: 'calendar', calendar, answer};
      }),
    );
    const then = take(next, said);
    return {...then, batch: [...next.batch, ...then.batch], calls: [...next.calls, ...then.calls]};
  }

  async #arrivals(news: News, {state, asked}: Kept): Promise<readonly Arrival[]> {
    switch (news.kind) {
      case 'outcome':
        return [news];
      case 'answer': {
        const {question} = state;
        const isOpen = question !== undefined && news.asked === asked;
        return isOpen ? [{kind: 'answer', question, answer: news.answer}] : [];
      }
      case 'command': {
        const {paused, started} = state;
        // An operator who goes on after signing in again means the new credentials: they are looked for first.
        if (news.command.do === 'continue' && paused?.why === 'credentials' && started !== undefined) {
          const aws = await this.#worker.awsFor(await this.startOf(started.run));
          await aws.renew(new AbortController().signal);
        }
        return [news];
      }
      case 'renewed':
        return news.works ? [{kind: 'renewed', fresh: news.fresh}] : [];
      default:
        return [];
    }
  }

  async #keptAt(run: string, {head, batches, answers}: At): Promise<Kept> {
    const kept = this.#kept.get(run);
    if (kept?.head === head) return kept;
    const history = await wholeHistory(this.#engine, run, batches);
    const events = history.flat();
    const first = events[0];
    if (first?.type !== 'run-started') throw new Error(`run ${run} has no first event`);
    const whole = history.reduce((before, batch) => chained(run, before, batch), {records: 0, head: genesis});
    if (whole.head !== head)
      throw new Error(`the engine's history of run ${run} does not lead to its last hash`);
    const read = {
      head,
      state: evolveAll(initialState, events),
      program: kept?.program ?? (await this.#worker.programOf(first, answers)),
      asked: events.findLastIndex(({type}) => type === 'asked') + 1,
    };
    this.#keep(run, read);
    return read;
  }

  #keep(run: string, kept: Kept): void {
    if (kept.state.ended === undefined) this.#kept.set(run, kept);
    else this.#kept.delete(run);
  }
}

async function firstOf(engine: Engine, run: string): Promise<RunStarted> {
  const {batches} = await engine.history(run, 0, 1);
  const first = batches[0]?.[0];
  if (first?.type !== 'run-started') throw new Error(`run ${run} has not begun`);
  return first;
}

/** Returns the batches of a run up to a number. They never change once they are kept. */
export async function wholeHistory(
  engine: Engine,
  run: string,
  count: number,
): Promise<readonly (readonly Event[])[]> {
  const batches: (readonly Event[])[] = [];
  while (batches.length < count) {
    const more = await engine.history(run, batches.length);
    if (more.batches.length === 0) throw new Error(`the engine lacks batch ${batches.length} of run ${run}`);
    batches.push(...more.batches);
  }
  return batches.slice(0, count);
}

/** The number of a journal's last record and its hash, with a batch more. */
function chained(
  run: string,
  before: Pick<At, 'records' | 'head'>,
  batch: readonly Event[],
): Pick<At, 'records' | 'head'> {
  let {records, head} = before;
  for (const [index, event] of batch.entries()) {
    records += 1;
    head = encodeRecord(run, records, head, event, index < batch.length - 1).hash;
  }
  return {records, head};
}

function statusOf({ended, question, paused}: RunState): At['status'] {
  if (ended !== undefined) return ended.status;
  if (question !== undefined) return 'asked';
  return paused === undefined ? 'running' : 'paused';
}
