import type {Json} from '../../data/json.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {closestName} from '../../text/closest-name.ts';
import {listAll} from './list-all.ts';

/**
 * Tells a Region that is switched off from a session token that it does not take: both answer alike. The account's
 * own list says which it is, where the caller may read it. The list is read once.
 */
export class RegionStatus {
  #statuses: Promise<ReadonlyMap<string, string> | Fault> | undefined;
  /** The question whether AWS takes the keys elsewhere, while it is being asked: many Regions want to know at once. */
  #elsewhere: Promise<boolean> | undefined;

  /** Returns the fault with all that is known about it, given one of kind `not-enabled`. */
  async explain(
    aws: Pick<AwsPort, 'call'>,
    region: string,
    fault: Fault,
    signal: AbortSignal,
  ): Promise<Fault> {
    this.#statuses ??= statuses(aws, signal);
    const known = await this.#statuses;
    if (!(known instanceof Map)) {
      this.#statuses = undefined;
      const {name} = known as Fault;
      // The list is asked for where no Region can be switched off: keys that are not taken there are taken nowhere.
      if (isUnknownKey(known as Fault)) return notKnown(fault);
      return {...fault, message: `${fault.message} (ListRegions could not tell why: ${name})`};
    }
    const status = known.get(region);
    if (status === undefined) return notListed(fault, closestName(region, known.keys()));
    if (status.startsWith('ENABLED')) {
      return (await this.#worksElsewhere(aws, signal)) ? refusedToken(fault, status) : notKnown(fault);
    }
    const remedy =
      status === 'ENABLING' || status === 'DISABLING'
        ? 'the Region is on its way on or off: wait some minutes, or go on without it: --waive REGION'
        : 'enable the Region for the account, or go on without it by name: --waive REGION';
    return {...fault, message: `the Region is ${status} for this account: ${fault.message}`, remedy};
  }

  /** Returns true if STS accepts the keys now. Then only this one Region refuses them. */
  #worksElsewhere(aws: Pick<AwsPort, 'call'>, signal: AbortSignal): Promise<boolean> {
    this.#elsewhere ??= aws.call({operation: 'sts:GetCallerIdentity', input: {}}, signal).then(({ok}) => {
      this.#elsewhere = undefined;
      return ok;
    });
    return this.#elsewhere;
  }
}

/** The fault of a Region that the account's list does not have, switched on or off. */
function notListed(fault: Fault, meant: string | undefined): Fault {
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return {
    ...fault,
    message: `it is not in the account’s list of Regions${hint} (${fault.message})`,
    remedy: 'name a Region that there is, or go on without this one by name: --waive REGION',
  };
}

/** Returns true if AWS does not know the key. A Region that is switched off answers the same. */
export function isUnknownKey({name}: Fault): boolean {
  return /^(UnrecognizedClient|InvalidClientTokenId)/.test(name);
}

/** The fault of one Region: the others take the same token. */
function refusedToken(fault: Fault, status: string): Fault {
  return {
    ...fault,
    kind: 'refused-token',
    message: `${fault.message} (the Region is ${status}, and STS takes the same keys: it is the session token that it does not take)`,
    remedy:
      'sign in with AWS_STS_REGIONAL_ENDPOINTS=regional (opt-in Regions refuse global STS tokens), then resume; or --waive REGION',
  };
}

/** A key that is not taken where no Region can be switched off: then it is the keys. */
export function notKnown(fault: Fault): Fault {
  return {
    ...fault,
    kind: 'credentials',
    remedy: 'check the keys or sign in again; for another partition, name one of its Regions with AWS_REGION',
  };
}

async function statuses(
  aws: Pick<AwsPort, 'call'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | Fault> {
  const answer = await listAll(aws, {operation: 'account:ListRegions', input: {}}, signal);
  if ('fault' in answer) return answer.fault;
  const {Regions: entries} = answer.output as {readonly [member: string]: Json};
  return new Map(
    (Array.isArray(entries) ? entries : []).map((entry: Json): [string, string] => {
      const {RegionName, RegionOptStatus} = entry as {readonly [member: string]: Json};
      return [String(RegionName), String(RegionOptStatus)];
    }),
  );
}
