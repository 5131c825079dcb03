import type {Json, RegionSource} from '../engine/events.ts';
import type {AwsPort} from '../engine/ports.ts';
import {listAll} from './list-all.ts';
import {shippedRegions, shippedRegionsDate} from './shipped-regions.ts';

/** The Regions of a run, and how they were found. */
export interface RegionChoice {
  readonly regions: readonly string[];
  readonly source: RegionSource;
  /** What the operator should know: which source was denied, what was used instead. */
  readonly notes: readonly string[];
}

/** No source could say which Regions there are. */
export class NoRegions extends Error {
  override readonly name = 'NoRegions';
}

/** The account is asked in us-east-1; SSM's public parameters are answered in few Regions, and there too. */
const parameterRegion = 'us-east-1';

/**
 * The Regions to visit: those the operator named, else the account's enabled ones that have the service. Each
 * source that is denied falls back to the next; the shipped list is the last. Throws {@link NoRegions}.
 */
export async function chooseRegions(
  aws: AwsPort,
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
  const [enabled, offered] = await Promise.all([
    enabledRegions(aws, signal),
    wanted.service === undefined ? undefined : offeredRegions(aws, wanted.service, signal),
  ]);
  const shipped = shippedRegions[wanted.partition] ?? [];
  const notes: string[] = [];
  if ('why' in enabled) notes.push(`the account's enabled Regions could not be listed: ${enabled.why}`);
  if (offered !== undefined && 'why' in offered) {
    notes.push(`the Regions of ${wanted.service} could not be listed: ${offered.why}`);
  }
  const inAccount = 'regions' in enabled ? enabled.regions : undefined;
  const withService = offered !== undefined && 'regions' in offered ? offered.regions : undefined;
  if (withService === undefined) {
    notes.push(
      `the service's Regions are those of the list shipped with Handrail, made ${shippedRegionsDate}`,
    );
  }
  const candidates = withService ?? shipped;
  const regions =
    inAccount === undefined ? candidates : inAccount.filter((region) => candidates.includes(region));
  const known =
    inAccount === undefined ? candidates.filter((region) => inPartition(region, shipped)) : regions;
  if (known.length === 0) {
    throw new NoRegions(`no Region is known for partition ${wanted.partition}; name them with --region`);
  }
  const discovered = inAccount !== undefined || withService !== undefined;
  return {regions: [...known].sort(), source: discovered ? 'discovered' : 'shipped', notes};
}

/** SSM's list mixes the partitions: without the account's own list, keep to names that look like this partition's. */
function inPartition(region: string, shipped: readonly string[]): boolean {
  const prefixes = new Set(shipped.map((known) => known.split('-').slice(0, -2).join('-')));
  return shipped.length === 0 || prefixes.has(region.split('-').slice(0, -2).join('-'));
}

type Listed = {readonly regions: readonly string[]} | {readonly why: string};

async function enabledRegions(aws: AwsPort, signal: AbortSignal): Promise<Listed> {
  const statuses = ['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING', 'DISABLING'];
  const request = {operation: 'account:ListRegions', input: {RegionOptStatusContains: statuses}};
  return namesIn(await listAll(aws, request, signal), 'Regions', 'RegionName');
}

async function offeredRegions(aws: AwsPort, service: string, signal: AbortSignal): Promise<Listed> {
  const path = `/aws/service/global-infrastructure/services/${service}/regions`;
  const request = {operation: 'ssm:GetParametersByPath', region: parameterRegion, input: {Path: path}};
  return namesIn(await listAll(aws, request, signal), 'Parameters', 'Value');
}

function namesIn(answer: Awaited<ReturnType<typeof listAll>>, list: string, member: string): Listed {
  if ('fault' in answer) return {why: `${answer.fault.name}: ${answer.fault.message}`};
  const entries = (answer.output as {readonly [name: string]: Json})[list];
  if (!Array.isArray(entries)) return {why: 'the answer had no list'};
  const regions = entries.map((entry: Json) => (entry as {readonly [name: string]: Json})[member]);
  return {regions: regions.filter((name) => typeof name === 'string')};
}
