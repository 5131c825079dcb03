import type {Identity, Json} from '../engine/events.ts';
import type {Fault} from '../engine/fault.ts';
import type {AwsPort} from '../engine/ports.ts';

/** AWS could not be asked who is calling. */
export class NoIdentity extends Error {
  override readonly name = 'NoIdentity';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Who is calling, by STS; the account's alias by IAM, when that is allowed. Throws {@link NoIdentity}. */
export async function callerIdentity(aws: AwsPort, signal: AbortSignal): Promise<Identity> {
  const caller = await aws.call({operation: 'sts:GetCallerIdentity', input: {}}, signal);
  if (!caller.ok) throw new NoIdentity(caller.fault);
  const {Account: account, Arn: arn} = caller.output as {readonly [member: string]: Json};
  if (typeof account !== 'string' || typeof arn !== 'string') {
    throw new NoIdentity({kind: 'garbled', name: 'GarbledAnswer', message: 'STS did not say who is calling'});
  }
  const partition = arn.split(':')[1] ?? 'aws';
  const alias = await accountAlias(aws, signal);
  return {account, arn, partition, ...(alias === undefined ? {} : {alias})};
}

async function accountAlias(aws: AwsPort, signal: AbortSignal): Promise<string | undefined> {
  const answer = await aws.call({operation: 'iam:ListAccountAliases', input: {}}, signal);
  if (!answer.ok) return undefined;
  const {AccountAliases: aliases} = answer.output as {readonly [member: string]: Json};
  const first: Json | undefined = Array.isArray(aliases) ? aliases[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}
