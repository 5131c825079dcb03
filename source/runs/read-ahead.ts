import {modelsFor} from '../aws/catalogue/operation-models.ts';
import {shippedRegions} from '../aws/preflight/shipped-regions.ts';
import {knownReads} from '../engine/requests/known-reads.ts';
import {maskedInputs, secretsAmong} from '../runbook/inputs.ts';
import {reasonToLeaveOut} from './defaults/left-out.ts';
import type {Order} from './order.ts';
import type {Access} from './aws-session.ts';

/** The service whose Regions are shipped with the program. */
const serviceOfShipped = 'imagebuilder';

/**
 * Sends the account's first reads now. Returns a function that takes the Regions, once they are known, and sends
 * theirs: all of this beside the questions before a run. The run finds the answers when it asks.
 */
export function readAhead(
  order: Order,
  {ahead, warm}: Access,
  partition: string,
  signal: AbortSignal,
): (regions: readonly string[]) => void {
  const {loaded, inputs, onlyRegions = [], regions: named, leftOut, budget} = order;
  // Requests hold no values behind masks, and should not: a run sends those itself.
  if (secretsAmong(inputs).length > 0) return () => undefined;
  // Regions that are not to be looked at are not looked at.
  const wanted = (region: string): boolean =>
    onlyRegions.length > 0
      ? onlyRegions.includes(region)
      : named.includes(region) || reasonToLeaveOut(region, leftOut) === undefined;
  const reads = modelsFor(loaded).then((operations) =>
    knownReads({runbook: loaded.runbook, operations}, maskedInputs(inputs)),
  );
  const send = async (regions?: readonly string[]): Promise<void> => {
    const {account, inRegion} = await reads;
    ahead.send(regions === undefined ? account : regions.flatMap(inRegion), signal);
  };
  const known = new AbortController();
  // Most likely the Regions are these. Nothing is asked there before it is known.
  const warmUp = async (): Promise<void> => {
    const likely = onlyRegions.length > 0 ? onlyRegions : (shippedRegions[partition] ?? []).filter(wanted);
    const {inRegion} = await reads;
    // Several reads of a Region go to one host.
    const first = likely.flatMap((region) => inRegion(region).slice(0, 1));
    await warm(first, AbortSignal.any([signal, known.signal]));
  };
  // An operation that does not exist is reported where the runbook is prepared.
  const quietly = (regions?: readonly string[]): void => void send(regions).catch(() => undefined);
  quietly();
  // The accounts of a fleet share their connections.
  if (loaded.runbook.regionsOf === serviceOfShipped && budget === undefined)
    void warmUp().catch(() => undefined);
  return (regions) => {
    known.abort();
    quietly(regions.filter(wanted));
  };
}
