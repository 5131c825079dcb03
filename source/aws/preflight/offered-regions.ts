import type {Json} from '../../data/json.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {listAll} from '../call/list-all.ts';

type Asking = Pick<AwsPort, 'call'>;
type Listing = Awaited<ReturnType<typeof listAll>>;
type Members = {readonly [name: string]: Json};

/** Names, or why there are none. */
export type Listed = {readonly regions: readonly string[]} | {readonly why: string};

/** Age above which a list is asked for again, in ms: a look of a fleet is as old at most. */
const mostAgeMs = 600_000;

/**
 * The Regions that have a service, by SSM's public parameters. They are the same for every account, so that the accounts
 * of a fleet ask for them once. An account that they were refused to asks with its own keys.
 */
export class OfferedRegions {
  readonly #known = new Map<string, {readonly askedAt: number; readonly list: Promise<Listed>}>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Asks in a Region that answers, which is a partition's global one, unless another account has. */
  async of(aws: Asking, service: string, region: string, signal: AbortSignal): Promise<Listed> {
    const key = `${service} ${region}`;
    const known = this.#known.get(key);
    if (known !== undefined && this.#now() - known.askedAt < mostAgeMs) {
      const list = await known.list;
      if ('regions' in list) return list;
    }
    const asked = {askedAt: this.#now(), list: offeredRegions(aws, service, region, signal)};
    this.#known.set(key, asked);
    const list = await asked.list;
    if (!('regions' in list) && this.#known.get(key) === asked) this.#known.delete(key);
    return list;
  }
}

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

/** The names in a list of an answer. */
export function namesIn(answer: Listing, list: string, member: string): Listed {
  if ('fault' in answer) return {why: `${answer.fault.name}: ${answer.fault.message}`};
  if (!Array.isArray((answer.output as Members)[list])) return {why: 'the answer had no list'};
  const regions = entriesIn(answer, list)
    .map((entry) => entry[member])
    .filter((name) => typeof name === 'string');
  return regions.length === 0 ? {why: 'the list was empty'} : {regions};
}

/** The entries of a list of an answer. */
export function entriesIn(answer: Listing, list: string): readonly Members[] {
  const entries = 'output' in answer ? (answer.output as Members)[list] : undefined;
  return Array.isArray(entries) ? (entries as readonly Members[]) : [];
}
