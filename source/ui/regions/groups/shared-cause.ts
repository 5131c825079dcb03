import type {Fault} from '../../../engine/model/fault.ts';
import type {Lane} from '../../../engine/model/state.ts';
import {worksOf} from '../../../engine/evolve/active-steps.ts';
import {isRetrying} from '../../../wording/region-status.ts';
import {shortFaultText} from '../../../wording/fault-text.ts';

/** What keeps a Region from going on, in a form that is the same in every Region with the same cause. */
export interface Cause {
  /** Equal for equal causes. */
  readonly key: string;
  readonly fault: Fault;
  /** It lies between this host and any service. */
  readonly ofThisHost: boolean;
}

/** Returns the cause of a Region's stop, of its waiver or of its retries. */
export function causeOf(lane: Lane): Cause | undefined {
  const {region = '', faultStep = '', waived, usage} = lane;
  // What AWS named differs from Region to Region.
  const fault = usage.length > 0 ? undefined : (lane.fault ?? retriedFault(lane));
  if (fault === undefined) return undefined;
  const ofThisHost = isOfThisHost(fault);
  const what = ofThisHost
    ? [fault.kind, fault.name]
    : [faultStep, fault.kind, fault.name, inAnyRegion(fault.message, region)];
  return {key: [waived?.by ?? '', ...what].join('\n'), fault, ofThisHost};
}

function retriedFault(lane: Lane): Fault | undefined {
  const items = worksOf(lane).flatMap((work) => (isRetrying(work) ? [...work.items] : []));
  return items.find(({fault, status}) => fault !== undefined && status === 'waiting')?.fault;
}

/** Returns a message as it reads in any Region: without the Region's name and the request's id. */
function inAnyRegion(text: string, region: string): string {
  const anywhere = region === '' ? text : text.replaceAll(region, '*');
  return anywhere.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '*');
}

/** The fault's words for all Regions that have it. */
export function causeText({fault}: Cause, region: string): string {
  return inAnyRegion(shortFaultText(fault), region);
}

/** Node's codes for a network that is down, as seen from this host. */
const unreached =
  /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT)\b/;

/** Returns true if a fault lies between this host and any service: nothing of AWS was reached. */
function isOfThisHost({kind, name, message}: Fault): boolean {
  if (kind === 'proxy' || kind === 'clock' || kind === 'local') return true;
  return kind === 'transient' && (unreached.test(name) || unreached.test(message));
}
