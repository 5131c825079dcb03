import {permissionsFor} from '../aws/preflight/permissions.ts';
import {preflight} from '../aws/preflight/preflight.ts';
import {chooseRegions, type RegionChoice} from '../aws/preflight/regions.ts';
import type {AwsPort} from '../engine/model/ports.ts';
import type {Happening} from '../engine/model/events.ts';
import {outlineOf} from '../engine/outline.ts';
import {operationsOf} from '../runbook/actions/actions.ts';
import {evaluateText} from '../runbook/expression/template.ts';
import {maskedInputs} from '../runbook/inputs.ts';
import type {Order} from './order.ts';
import type {Access, Session} from './aws-session.ts';
import type {Runbook} from '../runbook/language/schema.ts';
import {UsageError} from '../cli/usage-error.ts';
import {version} from '../version.ts';

type RunStarted = Extract<Happening, {type: 'run-started'}>;

/** The Regions as they were looked for before it was known who is calling. */
export interface EarlyLook {
  /** The partition that they were looked for in. */
  readonly partition: string;
  readonly choice: RegionChoice;
}

/**
 * Looks for the Regions while STS is still being asked: their pages, one after the other, take longest of all that
 * comes before a run. Throws NoRegions and UsageError.
 */
export async function lookEarly(order: Order, access: Access, signal: AbortSignal): Promise<EarlyLook> {
  const partition = await access.partition();
  return {partition, choice: await regionsFor(order, access.aws, partition, signal)};
}

/** The first event of a run: all that is settled before it starts. Throws NoRegions. */
export async function beginning(
  order: Order,
  session: Session,
  early: Promise<EarlyLook>,
  signal: AbortSignal,
): Promise<Omit<RunStarted, 'run'>> {
  const {file, text, included, sha256, runbook} = order.loaded;
  const permissions = await permissionsFor(withoutMissing(order.loaded.runbook, session), session.operations);
  const [choice, lacking] = await Promise.all([
    choiceIn(order, session, early, signal),
    preflight(session.aws, session.identity, permissions, signal),
  ]);
  return {
    type: 'run-started',
    runbook: {
      name: runbook.name,
      title: runbook.title,
      file,
      text,
      ...(included.length === 0 ? {} : {included}),
      sha256,
    },
    ...(order.undoes === undefined ? {} : {undoes: order.undoes}),
    steps: outlineOf({runbook, operations: session.operations}),
    inputs: maskedInputs(order.inputs),
    mode: order.mode,
    simulation: order.simulation,
    identity: session.identity,
    ...(session.endpoint === undefined ? {} : {endpoint: session.endpoint}),
    regions: choice.regions,
    regionSource: choice.source,
    notes: [...session.notes, ...choice.notes, ...lacking],
    versions: versions(),
  };
}

/** The runbook without the steps that will be skipped, since what they call is not installed. */
function withoutMissing(runbook: Runbook, {operations}: Session): Runbook {
  const missing = (name: string): boolean => operations.get(name)?.missing !== undefined;
  return {...runbook, steps: runbook.steps.filter((step) => !operationsOf(step).some(missing))};
}

/** The Regions of the early look, unless the caller turned out to be at home in another partition. */
async function choiceIn(
  order: Order,
  {aws, identity}: Session,
  early: Promise<EarlyLook>,
  signal: AbortSignal,
): Promise<RegionChoice> {
  const {partition, choice} = await early;
  return partition === identity.partition ? choice : regionsFor(order, aws, identity.partition, signal);
}

/** A runbook without Region steps visits none. */
async function regionsFor(
  order: Order,
  aws: Pick<AwsPort, 'call'>,
  partition: string,
  signal: AbortSignal,
): Promise<RegionChoice> {
  const {runbook} = order.loaded;
  if (!runbook.steps.some(({scope}) => scope === 'region')) return {regions: [], source: 'named', notes: []};
  const named = order.regions.length > 0 ? order.regions : regionsFromInputs(order);
  return chooseRegions(aws, {named, service: runbook.regionsOf, partition}, signal);
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

/** What this process is made of. */
export function versions(): {readonly [component: string]: string} {
  return {handrail: version(), node: process.version};
}
