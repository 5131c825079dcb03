import {randomUUID} from 'node:crypto';
import {defined} from '../data/defined.ts';
import type {Event} from '../engine/model/events.ts';
import type {RunState} from '../engine/model/state.ts';
import {turn, type Arrival, type RunTurn, type Standing} from '../engine/turn.ts';
import {genesis} from '../journal/record.ts';
import {withCalendars} from './calendars.ts';
import {changedLists, following, statusOf, wakeMessage, type Following} from './following.ts';
import {chained, wholeHistory, type Histories} from './history.ts';
import type {At, HostOrder, ListChanges, ListsText, News} from './messages.ts';
import {RunInMemory} from './run-in-memory.ts';
import {Session} from './session.ts';
import type {HostWorker} from './worker.ts';

type RunStarted = Extract<Event, {type: 'run-started'}>;

/** What a turn leads to, as plain data: the engine keeps it before anything is done about it. */
interface Moved {
  readonly events: readonly Event[];
  readonly at: At;
  /** Look for new credentials. */
  readonly renew: boolean;
}

/** A turn of a host that has each call made by a message of its engine. */
export interface HostTurn extends Moved {
  readonly lists: ListsText;
  readonly calls: RunTurn['calls'];
  /** Send a message after so many ms. */
  readonly wakeInMs?: number;
}

/** A turn of a handler that goes on with a run, and whose process makes the reads itself: they can be repeated. */
export interface SessionTurn extends Moved, Following {
  readonly lists: ListChanges;
  readonly changes: RunTurn['calls'];
  /** The last polls that the records leave out; absent where they are those of the turn before. */
  readonly polls?: readonly Event[];
}

/** The runs that a worker has in memory. One that it lacks, or has at another moment, is read again from the engine. */
export class KeptRuns {
  readonly #worker: HostWorker;
  readonly #engine: Histories;
  readonly #kept = new Map<string, RunInMemory>();
  readonly #starts = new Map<string, Promise<RunStarted>>();

  constructor(worker: HostWorker, engine: Histories) {
    this.#worker = worker;
    this.#engine = engine;
  }

  /** How far a run is after its first events. */
  begun(run: string, events: readonly Event[], {answers, by}: HostOrder): At {
    const {records, head} = chained(run, {records: 0, head: genesis}, events);
    const given = answers === undefined ? {} : {answers: {...answers, by}};
    return {batches: 1, records, head, status: 'running', ...given};
  }

  /** Begins a handler's time with a run. `own`: batches that the engine is only about to keep. */
  session(at: At, own: readonly (readonly Event[])[] = []): Session {
    return new Session(at, this.#worker.clock.now(), own);
  }

  /** Takes a run one turn further. */
  async turn(run: string, at: At, lists: ListsText, news: News): Promise<HostTurn> {
    const memory = await this.#memoryAt(run, this.session(at), lists);
    return this.#inTurn(run, memory, async (stillMine) => {
      const now = this.#worker.clock.now();
      const standing = {state: memory.state, lists: new Map(lists)};
      const next = await this.#next(run, memory, standing, at, news, stillMine);
      // Calls go by their numbers here, so that each of them is recorded.
      const moved = this.#moved(run, memory, at, next, next.batch, news);
      const {wakeAt} = next;
      return {
        ...moved,
        at: {...moved.at, ...defined({wakeAt})},
        lists: [...next.lists],
        calls: next.calls,
        ...wakeMessage(wakeAt, news.kind === 'wake' ? undefined : at.wakeAt, now),
      };
    });
  }

  /**
   * Takes a run one turn further, as a handler that goes on with it. Without news it waits for an answer to a read first,
   * for as long as its session lasts. Polls that found nothing new are left out.
   */
  async goOn(run: string, session: Session, news?: News): Promise<SessionTurn> {
    const memory = await this.#memoryAt(run, session, []);
    return this.#inTurn(run, memory, async (stillMine) => {
      const {at} = session;
      const {clock} = this.#worker;
      if (memory.readsToMake) {
        const aws = await this.#worker.awsFor(startedIn(run, memory.state));
        stillMine();
        memory.makeReads(aws);
      }
      // A nudge from before this session was about the news that it begins with.
      if (news !== undefined) memory.takeNudge();
      else if (memory.decided !== undefined) await memory.wait(clock, session.endsAt);
      const before = memory.standing;
      const now = clock.now();
      const next = await this.#next(run, memory, before, at, news, stillMine);
      const moved = this.#moved(run, memory, at, next, memory.recordsOf(next.batch), news);
      const polls = memory.newLeftOut();
      const {way, messages} = following(next, memory.takeNudge(), session, now, news);
      return {
        ...moved,
        at: {...moved.at, ...messages, ...defined({polls: pollsAfter(at, polls)})},
        ...defined({polls}),
        lists: changedLists(before.lists, next.lists),
        changes: next.calls.filter(({action}) => action.intent.effect === 'change'),
        ...way,
      };
    });
  }

  /** Takes in what became of a change, before the message about it comes. */
  deliver(run: string, outcome: Extract<Arrival, {kind: 'outcome'}>): void {
    this.#kept.get(run)?.deliver(outcome);
  }

  /** Has the handler that goes on with a run make room for other news. */
  nudge(run: string): void {
    this.#kept.get(run)?.nudge();
  }

  /** Lets go of a run that does not begin. */
  over(run: string): void {
    this.#starts.delete(run);
    this.#worker.over(run);
  }

  /** Returns the first event of a run. It is asked for once, however many calls of the run begin at the same time. */
  startOf(run: string): Promise<RunStarted> {
    const known = this.#kept.get(run)?.state.started;
    if (known !== undefined) return Promise.resolve(known);
    const earlier = this.#starts.get(run);
    if (earlier !== undefined) return earlier;
    const start = firstOf(this.#engine, run);
    this.#starts.set(run, start);
    start.catch(() => this.#starts.delete(run));
    return start;
  }

  /** Does a turn. `stillMine` throws once the engine has given its handler up, and another one has begun a turn. */
  async #inTurn<T>(
    run: string,
    memory: RunInMemory,
    take: (stillMine: () => void) => Promise<T>,
  ): Promise<T> {
    const number = memory.beginTurn();
    try {
      return await take(() => {
        if (!memory.isLatest(number)) throw new Error(`another handler goes on with run ${run}`);
      });
    } catch (error) {
      if (memory.isLatest(number)) this.#forget(run, memory);
      throw error;
    }
  }

  async #next(
    run: string,
    memory: RunInMemory,
    standing: Standing,
    at: At,
    news: News | undefined,
    stillMine: () => void,
  ): Promise<RunTurn> {
    const told = news === undefined ? [] : await this.#arrivals(run, news, memory);
    stillMine();
    const now = this.#worker.clock.now();
    const chance = {random: Math.random, token: randomUUID};
    const take = (before: Standing, arrivals: readonly Arrival[]): RunTurn =>
      turn(memory.program, before, arrivals, now, chance);
    const first = take(standing, [...told, ...memory.takeArrived()]);
    const answered = await this.#answered(first, at.answers, take);
    const next = await withCalendars(this.#worker, answered, take);
    stillMine();
    return next;
  }

  #moved(
    run: string,
    memory: RunInMemory,
    at: At,
    next: RunTurn,
    events: readonly Event[],
    news: News | undefined,
  ): Moved {
    const {records, head} = chained(run, at, events);
    const asks = events.findLastIndex(({type}) => type === 'asked');
    memory.follow(next, head, asks < 0 ? undefined : at.records + asks + 1);
    const {state} = next;
    if (state.ended !== undefined) this.#forget(run, memory);
    const renewing = news?.kind !== 'renewed' && at.renewing === true;
    const pausedForKeys = state.paused?.why === 'credentials';
    return {
      events,
      at: {
        batches: at.batches + (events.length === 0 ? 0 : 1),
        records,
        head,
        status: statusOf(state),
        ...(renewing || pausedForKeys ? {renewing: true} : {}),
        ...defined({answers: at.answers, holds: at.holds}),
      },
      renew: pausedForKeys && !renewing,
    };
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

  async #arrivals(run: string, news: News, {state, asked}: RunInMemory): Promise<readonly Arrival[]> {
    switch (news.kind) {
      case 'outcome':
        return [news];
      case 'answer': {
        const {question} = state;
        const isOpen = question !== undefined && news.asked === asked;
        return isOpen ? [{kind: 'answer', question, answer: news.answer}] : [];
      }
      case 'command': {
        // An operator who goes on after signing in again means the new credentials: they are looked for first.
        if (news.command.do === 'continue' && state.paused?.why === 'credentials') {
          const aws = await this.#worker.awsFor(startedIn(run, state));
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

  async #memoryAt(run: string, session: Session, known: ListsText): Promise<RunInMemory> {
    const {at, batches, own} = session;
    const kept = this.#kept.get(run);
    if (kept?.head === at.head) return kept;
    const [before, lists] = await Promise.all([
      wholeHistory(this.#engine, run, batches),
      batches === 0 ? known : (this.#engine.lists?.(run) ?? known),
    ]);
    const history = [...before, ...own];
    const whole = history.reduce((sum, batch) => chained(run, sum, batch), {records: 0, head: genesis});
    if (whole.head !== at.head)
      throw new Error(`the engine's history of run ${run} does not lead to its last hash`);
    const events = history.flat();
    const program = kept?.program ?? (await this.#worker.programOf(firstIn(run, events), at.answers));
    const read = new RunInMemory(program, at.head, events, new Map(session.listsOver(lists)));
    this.#kept.set(run, read);
    return read;
  }

  #forget(run: string, memory: RunInMemory): void {
    if (this.#kept.get(run) === memory) this.#kept.delete(run);
    if (memory.state.ended !== undefined) this.over(run);
  }
}

function pollsAfter({polls}: At, leftOut: readonly Event[] | undefined): number | undefined {
  return leftOut === undefined ? polls : (polls ?? 0) + 1;
}

async function firstOf(engine: Histories, run: string): Promise<RunStarted> {
  const {batches} = await engine.history(run, 0, 1);
  return firstIn(run, batches[0] ?? []);
}

function firstIn(run: string, [first]: readonly Event[]): RunStarted {
  if (first?.type !== 'run-started') throw new Error(`run ${run} has no first event`);
  return first;
}

function startedIn(run: string, {started}: RunState): RunStarted {
  if (started === undefined) throw new Error(`run ${run} has not begun`);
  return started;
}
