import {defined} from '../data/defined.ts';
import {modelsFor} from '../aws/catalogue/operation-models.ts';
import {permissionsFor} from '../aws/preflight/permissions.ts';
import {preflight} from '../aws/preflight/preflight.ts';
import {chooseRegions, NoRegions, type RegionChoice} from '../aws/preflight/regions.ts';
import type {AwsPort} from '../engine/model/ports.ts';
import type {Happening} from '../engine/model/events.ts';
import {outlineOf} from '../engine/outline.ts';
import {operationsOf} from '../runbook/actions/actions.ts';
import {evaluateText} from '../runbook/expression/template.ts';
import {maskedInputs} from '../runbook/inputs.ts';
import {uncheckedRules} from './policy/fleet-policies.ts';
import {policyOf} from './policy/find-policies.ts';
import {reasonToLeaveOut} from './defaults/left-out.ts';
import type {Order} from './order.ts';
import {readAhead} from './read-ahead.ts';
import type {Access, Session} from './aws-session.ts';
import type {Runbook} from '../runbook/language/schema.ts';
import {UsageError} from '../cli/usage-error.ts';
import {shortCaller} from '../wording/fault-text.ts';
import {version} from '../version.ts';

type RunStarted = Extract<Happening, {type: 'run-started'}>;

/** The Regions as they were looked for before it was known who is calling. */
export interface EarlyLook {
  /** The partition that they were looked for in. */
  readonly partition: string;
  readonly choice: VisitedRegions;
}

/** The Regions of a run, and the part that each plays. */
interface VisitedRegions extends RegionChoice {
  /** The only ones where something may be changed; every one when absent. */
  readonly changesIn?: readonly string[];
  /** Those that the operator wants not to be looked at. */
  readonly unlooked: readonly string[];
}

/** Facts that are settled before a run starts. */
export interface Beginning {
  readonly started: Omit<RunStarted, 'run'>;
  /** Regions that the run goes on without from the start. */
  readonly waived: readonly Happening[];
}

/** The part of a session that a run's first event is made from. */
type Settled = Pick<Session, 'aws' | 'identity' | 'operations' | 'notes' | 'endpoint'>;

/**
 * Looks for the Regions while STS is still being asked: their pages, one after the other, take longest of all that
 * comes before a run. Throws NoRegions and UsageError.
 */
export async function lookEarly(order: Order, access: Access, signal: AbortSignal): Promise<EarlyLook> {
  const partition = await access.partition();
  const found = readAhead(order, access, partition, signal);
  return {partition, choice: await regionsFor(order, access.aws, partition, signal, found)};
}

/** The first events of a run: all that is settled before it starts. Throws NoRegions. */
export async function beginning(
  order: Order,
  session: Settled,
  early: Promise<EarlyLook>,
  signal: AbortSignal,
): Promise<Beginning> {
  const {file, text, included, sha256, runbook} = order.loaded;
  const permissions = await permissionsFor(withoutMissing(order.loaded.runbook, session), session.operations);
  const [choice, lacking] = await Promise.all([
    choiceIn(order, session, early, signal),
    preflight(session.aws, session.identity, permissions, signal),
  ]);
  const started: Omit<RunStarted, 'run'> = {
    type: 'run-started',
    runbook: {
      name: runbook.name,
      title: runbook.title,
      file,
      text,
      ...(included.length === 0 ? {} : {included}),
      sha256,
    },
    ...defined({undoes: order.undoes, original: order.original}),
    steps: outlineOf({runbook, operations: session.operations}),
    inputs: maskedInputs(order.inputs),
    mode: order.mode,
    simulation: order.simulation,
    identity: session.identity,
    ...defined({endpoint: session.endpoint, defaultProfile: order.defaultProfile}),
    regions: choice.regions,
    ...defined({changesIn: choice.changesIn}),
    ...(choice.disabled.length === 0 ? {} : {disabled: choice.disabled}),
    regionSource: choice.source,
    ...defined({gates: order.gates, policy: order.policies && policyOf(order.policies)}),
    notes: [
      ...session.notes,
      ...profileNote(order),
      ...choice.notes,
      ...choice.disabled.map(disabledNote),
      ...lacking,
      ...(order.account === undefined ? uncheckedRules(order.policies ?? []) : []),
    ],
    versions: versions(),
  };
  const caller = shortCaller(session.identity);
  const waived = choice.unlooked.map((region): Happening => {
    const reason = leftOutReason(region, order);
    const how = reason === undefined ? '--only-region' : `${order.leftOut?.file} (${reason})`;
    return {type: 'waived', region, by: `${caller} with ${how}`, unlooked: true};
  });
  return {started, waived};
}

function profileNote({defaultProfile, leftOut}: Order): readonly string[] {
  if (defaultProfile === undefined) return [];
  return [`profile ${defaultProfile} is used, by ${leftOut?.file ?? 'your defaults (handrail config)'}`];
}

/** Returns the reason by which the defaults leave a Region out. A Region that was named is not left out. */
function leftOutReason(region: string, {leftOut, regions, onlyRegions = []}: Order): string | undefined {
  if (onlyRegions.length > 0 || regions.includes(region)) return undefined;
  return reasonToLeaveOut(region, leftOut);
}

/** Returns the runbook without the steps that will be skipped because their client is not installed. */
function withoutMissing(runbook: Runbook, {operations}: Settled): Runbook {
  const missing = (name: string): boolean => operations.get(name)?.missing !== undefined;
  return {...runbook, steps: runbook.steps.filter((step) => !operationsOf(step).some(missing))};
}

/** The Regions of the early look, unless the caller turned out to be at home in another partition. */
async function choiceIn(
  order: Order,
  {aws, identity}: Settled,
  early: Promise<EarlyLook>,
  signal: AbortSignal,
): Promise<VisitedRegions> {
  const {partition, choice} = await early;
  return partition === identity.partition ? choice : regionsFor(order, aws, identity.partition, signal);
}

/** The Regions of a run, without those that the operator's defaults leave out: these stay unknown. */
export async function regionsFor(
  order: Order,
  aws: Pick<AwsPort, 'call'>,
  partition: string,
  signal: AbortSignal,
  found?: (regions: readonly string[]) => void,
): Promise<VisitedRegions> {
  const visited = await allRegionsFor(order, aws, partition, signal, found);
  const out = visited.regions.filter((region) => leftOutReason(region, order) !== undefined);
  if (out.length === 0) return visited;
  if (out.length === visited.regions.length)
    throw new UsageError(`${order.leftOut?.file} leaves out every Region; name some with --region`);
  const note = `${out.length} of ${visited.regions.length} Regions are not checked, by ${order.leftOut?.file}: ${out.join(', ')}`;
  return {...visited, unlooked: [...visited.unlooked, ...out], notes: [...visited.notes, note]};
}

/** The Regions that a run is about. A runbook without Region steps is about none. */
async function allRegionsFor(
  order: Order,
  aws: Pick<AwsPort, 'call'>,
  partition: string,
  signal: AbortSignal,
  found: (regions: readonly string[]) => void = () => undefined,
): Promise<VisitedRegions> {
  const {runbook} = order.loaded;
  if (!runbook.steps.some(({scope}) => scope === 'region')) {
    return {regions: [], source: 'named', notes: [], disabled: [], unlooked: []};
  }
  const {onlyRegions = []} = order;
  const named = order.regions.length > 0 ? order.regions : regionsFromInputs(order);
  const visit = (names: readonly string[]): Promise<RegionChoice> =>
    chooseRegions(
      aws,
      {named: names, service: runbook.regionsOf, partition, found, offered: order.connection.shared?.offered},
      signal,
    );
  const wanted = onlyRegions.length > 0 ? onlyRegions : named;
  if (wanted.length === 0 || !(await isGated(order))) return {...(await visit(wanted)), unlooked: []};
  // A change for the whole account is every Region's business, however few the operator has in mind.
  const enabled = await visit([]).catch((error: unknown): RegionChoice => {
    if (!(error instanceof NoRegions)) throw error;
    // At the operator's risk: other Regions are not checked.
    if (onlyRegions.length > 0)
      return {regions: wanted, source: 'named', notes: [error.message], disabled: []};
    throw new NoRegions(`${error.message}; those that are named alone are visited with --only-region`);
  });
  // A disabled Region that is named is visited, so that its row says what AWS answers there.
  const all = {...enabled, disabled: enabled.disabled.filter((region) => !wanted.includes(region))};
  const regions = [...new Set([...all.regions, ...wanted])].sort();
  const others = regions.filter((region) => !wanted.includes(region));
  if (onlyRegions.length === 0) {
    const note =
      `changes are made only in ${wanted.join(', ')}; the other Regions are checked all the same, ` +
      'since something is changed for the whole account';
    return {...all, regions, changesIn: wanted, unlooked: [], notes: [...all.notes, note]};
  }
  const note = `${others.length} of ${regions.length} Regions are not checked, by --only-region`;
  return {...all, regions, unlooked: others, notes: [...all.notes, note]};
}

function disabledNote(region: string): string {
  return `${region} is disabled for this account: not checked; a disabled Region keeps its resources`;
}

/** Returns true if an account-wide change follows a check of Regions. */
async function isGated({loaded}: Order): Promise<boolean> {
  const operations = await modelsFor(loaded);
  const steps = outlineOf({runbook: loaded.runbook, operations});
  const look = steps.findIndex(({scope, does}) => scope === 'region' && (does === 'look' || does === 'wait'));
  return look >= 0 && steps.slice(look).some(({scope, does}) => scope === 'account' && does === 'change');
}

/** The Regions that the runbook takes from its inputs; empty for every one. Throws UsageError. */
function regionsFromInputs({loaded, inputs}: Order): readonly string[] {
  const {regions} = loaded.runbook;
  if (regions === undefined) return [];
  const variables = {inputs: maskedInputs(inputs)};
  const found = evaluateText(regions, {root: variables, variables}, 'strict');
  if (Array.isArray(found) && found.every((region) => typeof region === 'string')) return found;
  throw new UsageError(`${loaded.file}: regions must give a list of names of Regions`);
}

/** Returns the versions of this process's parts. */
export function versions(): {readonly [component: string]: string} {
  return {handrail: version(), node: process.version};
}
