import type {Command} from '../engine/decide/operator-commands.ts';
import type {Answer} from '../engine/model/ports.ts';
import type {History, HostOrder, ListedRun} from './messages.ts';

/** The engine did not do what it was asked to. The message says why, and what to do. */
export class NoEngine extends Error {
  override readonly name = 'NoEngine';
}

/** A durable engine, as a terminal or a worker uses it. It needs no credentials of AWS. Each request may throw {@link NoEngine}. */
export interface Engine {
  /** Its address, fit to show: without a password. */
  readonly url: string;
  /** Hands a run over to the workers. */
  submit(run: string, order: HostOrder): Promise<void>;
  /** Returns how far a run is. */
  about(run: string): Promise<Omit<History, 'batches'>>;
  /**
   * Returns the events of a run from a batch on: perhaps a part of them where there are many, and no more batches than
   * `most`. With `polls` also those polls that are left out of them, unless these are the ones that the asker has.
   */
  history(run: string, from: number, most?: number, polls?: number): Promise<History>;
  answer(run: string, asked: number, answer: Answer): Promise<void>;
  command(run: string, command: Command, by: string): Promise<void>;
  /** Returns the runs that have begun, the oldest first. */
  runs(): Promise<readonly ListedRun[]>;
  /** Lets go of its connections. */
  close(): Promise<void>;
}
