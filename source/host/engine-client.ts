import {defined} from '../data/defined.ts';
import type {Command} from '../engine/decide/operator-commands.ts';
import type {Answer} from '../engine/model/ports.ts';
import {NoEngine, type Engine} from './engine.ts';
import {
  allRuns,
  serviceNames,
  type History,
  type HistoryQuestion,
  type HostOrder,
  type ListedRun,
  type ListsText,
  type News,
} from './messages.ts';

/** The ingress of Restate. */
export class EngineClient implements Engine {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  async submit(run: string, order: HostOrder): Promise<void> {
    await this.#post(`${serviceNames.run}/${encodeURIComponent(run)}/start/send`, order);
  }

  async about(run: string): Promise<Omit<History, 'batches'>> {
    return this.history(run, 0, 0);
  }

  async history(run: string, from: number, most = batchesAtOnce, polls?: number): Promise<History> {
    return this.#events(run, {from, most, ...defined({polls})});
  }

  /** Returns the lists that a run has under way. Throws {@link NoEngine}. */
  async lists(run: string): Promise<ListsText> {
    const {lists = []} = await this.#events(run, {from: 0, most: 0, lists: true});
    return lists;
  }

  async answer(run: string, asked: number, answer: Answer): Promise<void> {
    await this.#send(run, {kind: 'answer', asked, answer});
  }

  async command(run: string, command: Command, by: string): Promise<void> {
    await this.#send(run, {kind: 'command', command, by});
  }

  async runs(): Promise<readonly ListedRun[]> {
    return (await this.#post(`${serviceNames.runs}/${allRuns}/list`, {})) as readonly ListedRun[];
  }

  async close(): Promise<void> {
    // Each request has its connection from the process.
  }

  async #events(run: string, question: HistoryQuestion): Promise<History> {
    return (await this.#post(`${serviceNames.run}/${encodeURIComponent(run)}/events`, question)) as History;
  }

  async #send(run: string, news: News): Promise<void> {
    await this.#post(`${serviceNames.run}/${encodeURIComponent(run)}/tell/send`, news);
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(`${this.url}/${path}`, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch (error) {
      throw new NoEngine(`no answer from the engine at ${this.url}: ${reasonOf(error)}`);
    }
    const text = await answer.text();
    if (answer.status === 404) {
      throw new NoEngine(
        `the engine at ${this.url} has no worker of Handrail: start one with handrail host, and register it`,
      );
    }
    if (!answer.ok)
      throw new NoEngine(`the engine at ${this.url} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
}

/** Batches of events in one answer: an engine's messages have a limit. */
const batchesAtOnce = 200;

/** Time after which an answer of the engine is given up (ms). Without a live worker none comes. */
const patienceMs = 5000;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no worker is there, or it is cut off (handrail host)`;
  const {cause} = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
