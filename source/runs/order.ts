import type {ConcurrencyGate} from '../aws/call/concurrency-gate.ts';
import type {ConnectionOptions} from '../aws/connection/connection.ts';
import type {GivenAnswers} from '../cli/answer-options.ts';
import type {RunMode} from '../engine/model/events.ts';
import type {Gates} from '../engine/model/happenings/gate.ts';
import type {InputValue} from '../runbook/inputs.ts';
import type {ReadyRunbook} from '../runbook/load/load.ts';
import type {FoundPolicy} from './policy/find-policies.ts';

/** Regions to leave out, by rules of a file. */
export interface LeftOut {
  /** The file, in few words. */
  readonly file: string;
  /** `region` is a name, or a pattern such as `me-*`. */
  readonly rules: readonly {readonly region: string; readonly reason: string}[];
}

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
  /** Regions that the operator's defaults leave out: they count as unknown, and the run goes on without them. */
  readonly leftOut?: LeftOut | undefined;
  /** The profile that the operator's defaults gave. */
  readonly defaultProfile?: string | undefined;
  readonly connection: ConnectionOptions;
  readonly answers: GivenAnswers;
  /** Rules that its changes start under, beside consent. */
  readonly gates?: Gates | undefined;
  /** The policies that it keeps to; absent in a simulation. */
  readonly policies?: readonly FoundPolicy[];
  /** Reason for not waiting for a window. */
  readonly override?: string | undefined;
  /** The run that this one takes back. */
  readonly undoes?: string;
  /** The runbook whose changes it takes back: policies go by it. Only of an undo. */
  readonly original?: {readonly name: string; readonly file: string; readonly sha256: string};
  /** The only account that it may run in; any when absent. */
  readonly account?: string;
  /** The calls that it may have under way, shared with other runs. */
  readonly budget?: ConcurrencyGate;
}
