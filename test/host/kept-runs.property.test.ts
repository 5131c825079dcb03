import {assert, asyncProperty, integer} from 'fast-check';
import {expect, it} from 'vitest';
import {evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Event, Happening} from '../../source/engine/model/events.ts';
import {stamp, type CallOutcome, type CallRequest} from '../../source/engine/model/ports.ts';
import type {Program} from '../../source/engine/model/program.ts';
import {KeptRuns, type SessionTurn} from '../../source/host/kept-runs.ts';
import type {At, History, HostOrder, ListsText, News} from '../../source/host/messages.ts';
import type {HostWorker} from '../../source/host/worker.ts';
import {seeded, type Random} from '../crash/random.ts';
import {beginning, program} from '../engine/play.ts';
import {endOf, perform, smallWorld, type SmallWorld} from '../engine/small-world.ts';
import {programOf, runStarted} from '../engine/turns.ts';
import {Sleepers} from '../support/sleepers.ts';

/** What becomes of a turn: the engine keeps it, loses it, keeps it and cuts its handler off, or gives up a handler that goes on. */
const fates = ['kept', 'kept', 'kept', 'kept', 'kept', 'lost', 'cut', 'abandoned'] as const;

const startsAt = 1_000_000;

interface Message {
  readonly at: number;
  readonly news: News;
}

/** A run to play, and what AWS answers it. */
interface Play {
  readonly program: Program;
  readonly first: Happening;
  readonly answer: (request: CallRequest, now: number) => CallOutcome;
}

/** An engine of one run as plain data, with two workers of which any may lose its memory at any turn. */
class Engine {
  readonly #play: Play;
  readonly batches: (readonly Event[])[] = [];
  /** The last polls that the batches leave out. */
  polls: readonly Event[] = [];
  /** Number of turns after which there was another one to show. */
  shown = 0;
  readonly #lists = new Map<string, ListsText[number][1]>();
  readonly #sleepers = new Sleepers();
  readonly #random: Random;
  readonly #calm: boolean;
  readonly #workers: KeptRuns[];
  #now = startsAt;
  #at: At;
  #messages: Message[] = [];
  #turns = 0;

  constructor(play: Play, seed: number, calm: boolean) {
    this.#play = play;
    this.#random = seeded(seed);
    this.#calm = calm;
    this.#workers = [this.#newWorker(), this.#newWorker()];
    const first = stamp(play.first, this.#now);
    this.#at = this.#worker().begun('run', [first], order);
    this.batches.push([first]);
    this.#messages.push({at: 0, news: {kind: 'begun'}});
  }

  /** Plays the run to its end. Returns the number of its turns. */
  async play(): Promise<number> {
    for (let handled = 0; this.#at.status === 'running' || this.#at.status === 'paused'; handled += 1) {
      if (handled > 5000) throw new Error(`the run stands still at ${JSON.stringify(this.#at)}`);
      const next = this.#messages.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > this.#now) {
        await this.#pass(next?.at);
        continue;
      }
      this.#messages = this.#messages.filter((message) => message !== next);
      await this.#handle(next.news);
    }
    return this.#turns;
  }

  /** One invocation of the object's handler, played again until it comes to its end. */
  async #handle(news: News): Promise<void> {
    const at = this.#at;
    if (news.kind === 'wake' && news.at !== at.wakeAt) return;
    const kept: SessionTurn[] = [];
    for (;;) {
      const worker = this.#worker();
      const session = worker.session(at);
      for (const turn of kept) session.follow(turn);
      for (;;) {
        const taking = worker.goOn('run', session, kept.length === 0 ? news : undefined);
        const fate = this.#fate();
        if (fate === 'abandoned') {
          taking.catch(() => undefined);
          break;
        }
        const turn = JSON.parse(JSON.stringify(await this.#passing(taking))) as SessionTurn;
        this.#turns += 1;
        if (fate === 'lost') break;
        kept.push(turn);
        session.follow(turn);
        this.#keep(turn);
        if (!turn.goesOn) return;
        if (fate === 'cut') break;
      }
    }
  }

  #keep({events, at, lists, changes, goInMs, wakeInMs, polls}: SessionTurn): void {
    if (events.length > 0) this.batches.push(events);
    if (polls !== undefined) {
      this.polls = polls;
      if (polls.length > 0) this.shown += 1;
    }
    this.#at = at;
    for (const [name, reading] of lists) {
      if (reading === null) this.#lists.delete(name);
      else this.#lists.set(name, reading);
    }
    if (goInMs !== undefined) this.#post({kind: 'go'}, goInMs);
    if (wakeInMs !== undefined) this.#post({kind: 'wake', at: at.wakeAt ?? 0}, wakeInMs);
    for (const change of changes) void this.#change(change);
  }

  #post(news: News, delay: number): void {
    this.#messages.push({at: this.#now + delay, news});
  }

  async #change({action, request}: SessionTurn['changes'][number]): Promise<void> {
    await this.#takesTime();
    const outcome = this.#play.answer(request, this.#now);
    const worker = this.#worker();
    await this.#takesTime();
    worker.deliver('run', {kind: 'outcome', action, outcome});
    this.#post({kind: 'outcome', action, outcome}, 5);
  }

  #newWorker(): KeptRuns {
    const call = async (request: CallRequest): Promise<CallOutcome> => {
      await this.#takesTime();
      const outcome = this.#play.answer(request, this.#now);
      await this.#takesTime();
      return outcome;
    };
    const worker: HostWorker = {
      clock: {now: () => this.#now, until: this.#sleepers.until},
      begin: () => Promise.reject(new Error('it has begun')),
      programOf: async () => this.#play.program,
      presetAnswer: async (question) => ({
        accepted: true,
        by: 'kim',
        ...(question.kind === 'type-text' ? {typed: question.typeToConfirm} : {}),
      }),
      awsFor: async () => ({call, renew: async () => ({works: true, fresh: true})}),
      calendarState: async () => ({state: 'OPEN' as const}),
      over: () => undefined,
    };
    const history = async (_run: string, from: number, most = 3): Promise<History> => ({
      at: this.#at,
      batches: this.batches.slice(from, from + most),
    });
    return new KeptRuns(worker, {history, lists: async () => [...this.#lists]});
  }

  #worker(): KeptRuns {
    const which = this.#calm ? 0 : Math.floor(this.#random() * 2);
    if (!this.#calm && this.#random() < 0.1) this.#workers[which] = this.#newWorker();
    const worker = this.#workers[which];
    if (worker === undefined) throw new Error('there is no worker');
    return worker;
  }

  #fate(): (typeof fates)[number] {
    return this.#calm ? 'kept' : (fates[Math.floor(this.#random() * fates.length)] ?? 'kept');
  }

  #takesTime(): Promise<void> {
    const never = new AbortController().signal;
    return this.#sleepers.until(this.#now + 1 + Math.round(this.#random() * 200), never);
  }

  /** Lets time pass until something is there. */
  async #passing<T>(something: Promise<T>): Promise<T> {
    const over = {yes: false};
    const ended = something.finally(() => (over.yes = true));
    ended.catch(() => undefined);
    while (!over.yes) await this.#pass(undefined, () => over.yes);
    return ended;
  }

  /** Lets everybody do what they can now, and then time pass up to the next who waits. */
  async #pass(most?: number, done: () => boolean = () => false): Promise<void> {
    for (let round = 0; round < 20 && !done(); round += 1) await new Promise(setImmediate);
    if (done()) return;
    const next = Math.min(most ?? Infinity, this.#sleepers.first ?? Infinity);
    if (next === Infinity) return;
    this.#now = Math.max(this.#now, next);
    this.#sleepers.wakeDue(this.#now);
  }
}

const answers = {yes: true, confirm: ['TheRole'], waive: []};
const order = {answers, by: 'kim'} as unknown as HostOrder;

function removal(world: SmallWorld): Play {
  return {
    program,
    first: beginning(world, program),
    answer: (request, now) => perform(world, request, now),
  };
}

/** What is left of a world, whenever it came about. */
function leftOf(world: SmallWorld): unknown {
  return JSON.parse(
    JSON.stringify(endOf(world), (_name, value: unknown) => (typeof value === 'number' ? 'a time' : value)),
  );
}

it('a run ends as an undisturbed one does, with nothing done twice, whatever turns, handlers and memories are lost', async () => {
  const calm = smallWorld({lateBuild: true});
  await new Engine(removal(calm), 1, true).play();
  await assert(
    asyncProperty(integer({min: 1, max: 1_000_000}), async (seed) => {
      const world = smallWorld({lateBuild: true});
      const engine = new Engine(removal(world), seed, false);
      await engine.play();
      expect(evolveAll(initialState, engine.batches.flat()).ended?.status).toBe('done');
      expect(leftOf(world)).toEqual(leftOf(calm));
      // A change that was sent again was sent as it was.
      for (const bodies of Object.values(world.changedWith)) expect(new Set(bodies).size).toBe(1);
    }),
    {numRuns: 6},
  );
});

it.each([true, false])(
  'a wait of an hour that finds nothing new does not fill what an engine keeps (calm: %s)',
  async (calm) => {
    const waiting = programOf(
      "  - {id: wait, title: Wait, waitUntil: {call: box:GetBox, minDelay: 5, maxDelay: 5, maxWaitTime: 9000, acceptors: [{state: success, matcher: {output: {path: ready, expected: 'yes', comparator: stringEquals}}}]}}",
    );
    const endsAt = startsAt + 3_600_000;
    const play: Play = {
      program: waiting,
      first: runStarted(waiting),
      answer: (_request, now) => ({
        ok: true,
        output: {ready: now < endsAt ? 'no' : 'yes'},
        ms: 1,
        unmodeled: [],
      }),
    };
    const engine = new Engine(play, 7, calm);
    const turns = await engine.play();
    const polls = engine.batches.flat().filter(({type}) => type === 'call-succeeded');
    expect(turns).toBeGreaterThan(600);
    expect(polls.length).toBeLessThan(calm ? 12 : 60);
    // Who attaches sees the last poll all the same.
    expect(engine.polls.length).toBeLessThanOrEqual(2);
    expect(engine.shown).toBeGreaterThan(500);
    const unrecorded = polls.map((poll) => ('unrecorded' in poll ? (poll.unrecorded?.polls ?? 0) : 0));
    if (calm) expect(unrecorded.reduce((sum, count) => sum + count, polls.length)).toBeGreaterThan(600);
  },
);
