import type {Json} from '../../data/json.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {garbled} from '../call/classify-error.ts';
import {listAll} from '../call/list-all.ts';

/** AWS could not be asked who is calling. */
export class NoIdentity extends Error {
  override readonly name = 'NoIdentity';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }

  /** Says it in a line, with the remedy. */
  get sentence(): string {
    const {name, message, renewable} = this.fault;
    // The fault's own remedy is that of a run in the middle, which can be resumed.
    const remedy =
      renewable === false
        ? 'the keys are those of the environment: export new ones, then run it again'
        : this.fault.remedy;
    const hint = remedy === undefined ? '' : ` (${remedy})`;
    return `AWS could not be asked who is calling: ${name}: ${message}${hint}`;
  }
}

type Asking = Pick<AwsPort, 'call'>;

/**
 * Asks STS for the caller, and IAM for the account's alias if that is allowed. Passing faults are tried again.
 * Throws {@link NoIdentity}.
 */
export async function callerIdentity(aws: Asking, signal: AbortSignal): Promise<Identity> {
  const caller = await listAll(aws, {operation: 'sts:GetCallerIdentity', input: {}}, signal);
  if ('fault' in caller) throw new NoIdentity(caller.fault);
  const {Account: account, Arn: arn} = caller.output as {readonly [member: string]: Json};
  if (typeof account !== 'string' || typeof arn !== 'string') {
    throw new NoIdentity(garbled('STS did not say who is calling'));
  }
  // Asked second, since IAM's client takes a while to load while the Regions are looked up.
  const alias = await accountAlias(aws, signal);
  const partition = arn.split(':')[1] ?? 'aws';
  return {account, arn, partition, ...(alias === undefined ? {} : {alias})};
}

async function accountAlias(aws: Asking, signal: AbortSignal): Promise<string | undefined> {
  const answer = await listAll(aws, {operation: 'iam:ListAccountAliases', input: {}}, signal);
  if ('fault' in answer) return undefined;
  const {AccountAliases: aliases} = answer.output as {readonly [member: string]: Json};
  const first: Json | undefined = Array.isArray(aliases) ? aliases[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}
