import type {ConcurrencyGate} from '../aws/call/concurrency-gate.ts';
import type {ConnectionOptions} from '../aws/connection/connection.ts';
import type {GivenAnswers} from '../cli/answer-options.ts';
import type {RunMode} from '../engine/model/events.ts';
import type {Gates} from '../engine/model/happenings/gate.ts';
import type {InputValue} from '../runbook/inputs.ts';
import type {ReadyRunbook} from '../runbook/load/load.ts';

/** A run, asked for in full. */
export interface Order {
  readonly loaded: ReadyRunbook;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly mode: RunMode;
  readonly simulation: boolean;
  /** Regions that the operator named; empty to find them. */
  readonly regions: readonly string[];
  /** The only Regions to look at; the others count as unknown, and the run goes on without them. */
  readonly onlyRegions?: readonly string[];
  readonly connection: ConnectionOptions;
  readonly answers: GivenAnswers;
  /** Rules that its changes start under, beside consent. */
  readonly gates?: Gates | undefined;
  /** Reason for not waiting for a window. */
  readonly override?: string | undefined;
  /** The run that this one takes back. */
  readonly undoes?: string;
  /** The only account that it may run in; any when absent. */
  readonly account?: string;
  /** The calls that it may have under way, shared with other runs. */
  readonly budget?: ConcurrencyGate;
}
