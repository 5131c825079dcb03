import type {Json} from '../../engine/model/events.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {listAll} from './list-all.ts';

/**
 * Tells a Region that is switched off from a session token that it does not take: both answer alike. The account's
 * own list says which it is, where the caller may read it. The list is read once.
 */
export class RegionStatus {
  #statuses: Promise<ReadonlyMap<string, string> | Fault> | undefined;

  /** The same fault with what is known, given one of kind `not-enabled`. */
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
      return {...fault, message: `${fault.message} (ListRegions could not tell why: ${name})`};
    }
    const status = String(known.get(region) ?? 'not in the list of this account');
    if (status.startsWith('ENABLED')) {
      return {
        ...fault,
        kind: 'credentials',
        message: `${fault.message} (the Region is ${status}, so it is the session token that it does not take)`,
        remedy:
          'sign in again with a regional STS endpoint: tokens of the old global one do not work in opt-in Regions',
      };
    }
    const remedy =
      status === 'ENABLING' || status === 'DISABLING'
        ? 'the Region is on its way on or off: wait some minutes, or go on without it: --waive REGION'
        : 'enable the Region for the account, or go on without it by name: --waive REGION';
    return {...fault, message: `the Region is ${status} for this account: ${fault.message}`, remedy};
  }
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
