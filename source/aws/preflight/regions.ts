import type {Json, RegionSource} from '../../engine/model/events.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {listAll} from '../call/list-all.ts';
import {globalRegionOf, partitionOf} from '../connection/partitions.ts';
import {shippedRegions, shippedRegionsDate} from './shipped-regions.ts';

/** The Regions of a run, and how they were found. */
export interface RegionChoice {
  readonly regions: readonly string[];
  readonly source: RegionSource;
  /** What the operator should know: which source was denied, what was used instead. */
  readonly notes: readonly string[];
}

type Asking = Pick<AwsPort, 'call'>;

/** No source could say which Regions there are. */
export class NoRegions extends Error {
  override readonly name = 'NoRegions';
}

/**
 * The Regions to visit: those the operator named, else the account's enabled ones that have the service. Each
 * source that is denied falls back to the next; the shipped list is the last. Throws {@link NoRegions}.
 */
export async function chooseRegions(
  aws: Asking,
  wanted: {
    readonly named: readonly string[];
    readonly service: string | undefined;
    readonly partition: string;
  },
  signal: AbortSignal,
): Promise<RegionChoice> {
  if (wanted.named.length > 0) {
    return {
      regions: [...new Set(wanted.named)],
      source: 'named',
      notes: ['the Regions were named by the operator'],
    };
  }
  const {service, partition} = wanted;
  const [enabled, offered] = await Promise.all([
    enabledRegions(aws, globalRegionOf(partition), signal),
    service === undefined ? undefined : offeredRegions(aws, service, globalRegionOf(partition), signal),
  ]);
  const notes: string[] = [];
  if ('why' in enabled) notes.push(`the account's enabled Regions could not be listed: ${enabled.why}`);
  const inAccount = 'regions' in enabled ? enabled.regions : undefined;
  const withService = service === undefined ? inAccount : serviceRegions(service, partition, offered, notes);
  // SSM's list mixes the partitions.
  const candidates = (withService ?? inAccount ?? []).filter((region) => partitionOf(region) === partition);
  const known = inAccount?.filter((region) => candidates.includes(region)) ?? candidates;
  if (known.length === 0) {
    throw new NoRegions(
      [`no Region is known for partition ${partition}; name them with --region`, ...notes].join('; '),
    );
  }
  const discovered = inAccount !== undefined || (offered !== undefined && 'regions' in offered);
  return {regions: [...known].sort(), source: discovered ? 'discovered' : 'shipped', notes};
}

/**
 * The Regions that have the service, by SSM or, for Image Builder, by the shipped list. Undefined when neither knows
 * any: where a list of another service's Regions stood in, Regions with the service could be left out.
 */
function serviceRegions(
  service: string,
  partition: string,
  offered: Listed | undefined,
  notes: string[],
): readonly string[] | undefined {
  if (offered !== undefined && 'regions' in offered) return offered.regions;
  notes.push(`the Regions of ${service} could not be listed: ${offered?.why ?? 'nobody was asked'}`);
  const shipped = service === 'imagebuilder' ? shippedRegions[partition] : undefined;
  notes.push(
    shipped === undefined
      ? `the list shipped with Handrail has no Regions of ${service} in ${partition}: every Region of the account is visited`
      : `the Regions of ${service} are those of the list shipped with Handrail, made ${shippedRegionsDate}`,
  );
  return shipped;
}

type Listed = {readonly regions: readonly string[]} | {readonly why: string};

async function enabledRegions(aws: Asking, region: string, signal: AbortSignal): Promise<Listed> {
  const statuses = ['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING', 'DISABLING'];
  const request = {operation: 'account:ListRegions', region, input: {RegionOptStatusContains: statuses}};
  return namesIn(await listAll(aws, request, signal), 'Regions', 'RegionName');
}

/** SSM's public parameters are answered in few Regions; the partition's global one is among them. */
async function offeredRegions(
  aws: Asking,
  service: string,
  region: string,
  signal: AbortSignal,
): Promise<Listed> {
  const path = `/aws/service/global-infrastructure/services/${service}/regions`;
  const request = {operation: 'ssm:GetParametersByPath', region, input: {Path: path}};
  return namesIn(await listAll(aws, request, signal), 'Parameters', 'Value');
}

function namesIn(answer: Awaited<ReturnType<typeof listAll>>, list: string, member: string): Listed {
  if ('fault' in answer) return {why: `${answer.fault.name}: ${answer.fault.message}`};
  const entries = (answer.output as {readonly [name: string]: Json})[list];
  if (!Array.isArray(entries)) return {why: 'the answer had no list'};
  const regions = entries
    .map((entry: Json) => (entry as {readonly [name: string]: Json})[member])
    .filter((name) => typeof name === 'string');
  return regions.length === 0 ? {why: 'the list was empty'} : {regions};
}
