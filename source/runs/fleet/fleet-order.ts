import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {RunMode} from '../../engine/model/events.ts';
import type {Gates} from '../../engine/model/happenings/gate.ts';
import type {ChosenAccounts} from '../../fleet/account.ts';
import type {FleetDefaults, FleetLimits} from '../../fleet/events.ts';
import type {InputValue} from '../../runbook/inputs.ts';
import type {FoundPolicy} from '../policy/find-policies.ts';
import type {ReadyRunbook} from '../../runbook/load/load.ts';

/** A fleet, asked for in full. */
export interface FleetOrder {
  readonly loaded: ReadyRunbook;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly mode: RunMode;
  /** Its accounts are simulated ones. */
  readonly simulation?: true;
  /** Regions that the operator named for every account; empty to find them. */
  readonly regions: readonly string[];
  /** What the operator's file of defaults had for it. */
  readonly defaults?: FleetDefaults | undefined;
  readonly limits: FleetLimits;
  readonly chosen: ChosenAccounts;
  /** Name of the role to take on in each account. */
  readonly role: string;
  /** The external id that these roles want, where an account has none of its own. */
  readonly externalId?: string;
  /** How the caller's own keys are found. */
  readonly connection: ConnectionOptions;
  readonly answers: FleetAnswers;
  /** Rules that every account's changes start under, beside consent. */
  readonly gates?: Gates | undefined;
  /** Reason for not waiting for a window. */
  readonly override?: string | undefined;
  /** The policies that it keeps to; absent in a simulation. */
  readonly policies?: readonly FoundPolicy[];
}

/** Answers that were given on the command line. */
export interface FleetAnswers {
  /** `--confirm TEXT`: every wave, if this is the text for all of them. */
  readonly confirm?: string;
  /** `--plan-digest DIGEST`: nothing is changed unless the first look shows just what this plan did. */
  readonly planDigest?: string;
  /** `--waive ACCOUNT/REGION`: Regions to go on without, should they not be looked at. */
  readonly waive: readonly string[];
}
