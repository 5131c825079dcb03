import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {stopOnSignals} from '../../runs/stop-signals.ts';

/** What a worker of an engine is told. */
export interface WorkerOrder {
  /** The engine's. */
  readonly address: string;
  readonly connection: ConnectionOptions;
  /** Receives a line about trouble that is tried again. */
  readonly trouble: (line: string) => void;
}

/** Resolves when an operator stops the worker. */
export async function untilStopped(): Promise<void> {
  const {interruption, release} = stopOnSignals();
  const {gently} = interruption;
  if (!gently.aborted)
    await new Promise<void>((resolve) => gently.addEventListener('abort', () => resolve()));
  release();
  process.stdout.write('Stopped: the runs go on with the next worker.\n');
}
