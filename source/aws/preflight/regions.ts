import type {RegionSource} from '../../engine/model/events.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {listAll} from '../call/list-all.ts';
import {globalRegionOf, partitionOf} from '../connection/partitions.ts';
import {entriesIn, namesIn, OfferedRegions, type Listed} from './offered-regions.ts';
import {shippedRegions, shippedRegionsDate} from './shipped-regions.ts';

/** The Regions of a run, and how they were found. */
export interface RegionChoice {
  readonly regions: readonly string[];
  readonly source: RegionSource;
  /** Notes for the operator: the denied source and its replacement. */
  readonly notes: readonly string[];
  /** Regions with the service that the account has disabled: not looked at, and they keep their resources. */
  readonly disabled: readonly string[];
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
    /** Receives the Regions as soon as the account's are known, while it is still being asked which have the service. */
    readonly found?: (regions: readonly string[]) => void;
    /** The lists that other accounts were given. */
    readonly offered?: OfferedRegions | undefined;
  },
  signal: AbortSignal,
): Promise<RegionChoice> {
  if (wanted.named.length > 0) {
    wanted.found?.(wanted.named);
    return {
      regions: [...new Set(wanted.named)],
      source: 'named',
      notes: ['the Regions were named by the operator'],
      disabled: [],
    };
  }
  const {service, partition, found, offered: lists = new OfferedRegions()} = wanted;
  const asked = enabledRegions(aws, globalRegionOf(partition), signal);
  void asked.then((list) => 'regions' in list && found?.(list.regions));
  const [enabled, offered] = await Promise.all([
    asked,
    service === undefined ? undefined : lists.of(aws, service, globalRegionOf(partition), signal),
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
  const disabled = (inAccount === undefined || !('disabled' in enabled) ? [] : enabled.disabled)
    .filter((region) => withService?.includes(region) ?? partitionOf(region) === partition)
    .sort();
  const discovered = inAccount !== undefined || (offered !== undefined && 'regions' in offered);
  return {regions: [...known].sort(), source: discovered ? 'discovered' : 'shipped', notes, disabled};
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

/** The account's Regions; the disabled ones aside. */
type ListedByStatus =
  {readonly regions: readonly string[]; readonly disabled: readonly string[]} | {readonly why: string};

async function enabledRegions(aws: Asking, region: string, signal: AbortSignal): Promise<ListedByStatus> {
  const answer = await listAll(aws, {operation: 'account:ListRegions', region, input: {}}, signal);
  const all = namesIn(answer, 'Regions', 'RegionName');
  if ('why' in all) return all;
  const statuses = new Map(
    entriesIn(answer, 'Regions').map((entry) => [entry['RegionName'], entry['RegionOptStatus']]),
  );
  const isDisabled = (name: string): boolean => statuses.get(name) === 'DISABLED';
  const regions = all.regions.filter((name) => !isDisabled(name));
  return regions.length === 0
    ? {why: 'the list was empty'}
    : {regions, disabled: all.regions.filter(isDisabled)};
}
