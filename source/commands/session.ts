import {readFileSync} from 'node:fs';
import {modelsFor} from '../aws/catalogue.ts';
import {Connection, hostOf, isAwsHost} from '../aws/connection.ts';
import {callerIdentity, NoIdentity} from '../aws/identity.ts';
import {awsPort} from '../aws/port.ts';
import {chooseRegions, NoRegions, type RegionChoice} from '../aws/regions.ts';
import {loadService} from '../aws/service.ts';
import type {Happening, Identity} from '../engine/events.ts';
import type {AwsPort} from '../engine/ports.ts';
import {defaultLimits, outlineOf} from '../engine/program.ts';
import type {OperationModel} from '../runbook/operation.ts';
import type {Order} from './execute.ts';

type RunStarted = Extract<Happening, {type: 'run-started'}>;

/** AWS, reached: what a run starts from. */
export interface Session {
  readonly aws: AwsPort;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** The run's first event, but for its id. */
  readonly started: Omit<RunStarted, 'run'>;
  close(): void;
}

/**
 * Finds out who is calling, where requests go and which Regions there are. What stops it is returned, in a line.
 * Throws InvalidRunbook for operations that do not exist: before anything is called.
 */
export async function openSession(
  order: Order,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<Session | {readonly error: string}> {
  const operations = await modelsFor(order.loaded);
  const connection = new Connection(order.connection);
  const aws = awsPort(connection);
  try {
    const identity = await callerIdentity(aws, signal);
    const endpoint = await foreignEndpoint(connection, operations);
    say('Finding the Regions');
    const choice = await regionsFor(order, aws, identity, signal);
    const started = startedEvent(order, operations, identity, endpoint, choice);
    return {aws, operations, started, close: () => connection.close()};
  } catch (error) {
    connection.close();
    if (error instanceof NoRegions) return {error: error.message};
    if (!(error instanceof NoIdentity)) throw error;
    const {name, message, remedy} = error.fault;
    return {
      error: `AWS could not be asked who is calling: ${name}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`,
    };
  }
}

/** A runbook without Region steps visits none. */
async function regionsFor(
  order: Order,
  aws: AwsPort,
  {partition}: Identity,
  signal: AbortSignal,
): Promise<RegionChoice> {
  const {runbook} = order.loaded;
  if (!runbook.steps.some(({scope}) => scope === 'region')) return {regions: [], source: 'named', notes: []};
  return chooseRegions(aws, {named: order.regions, service: runbook.regionsOf, partition}, signal);
}

/** The first endpoint among the services in use that is not AWS's own. */
async function foreignEndpoint(
  connection: Connection,
  operations: ReadonlyMap<string, OperationModel>,
): Promise<string | undefined> {
  for (const {service, operation} of operations.values()) {
    const host = await hostOf(await loadService(service), await connection.client(service), operation);
    if (!isAwsHost(host)) return host;
  }
  return undefined;
}

function startedEvent(
  order: Order,
  operations: ReadonlyMap<string, OperationModel>,
  identity: Identity,
  endpoint: string | undefined,
  choice: RegionChoice,
): Omit<RunStarted, 'run'> {
  const {file, text, sha256, runbook} = order.loaded;
  return {
    type: 'run-started',
    runbook: {name: runbook.name, title: runbook.title, file, text, sha256},
    steps: outlineOf({runbook, operations, limits: defaultLimits}),
    inputs: order.inputs,
    mode: order.mode,
    simulation: order.simulation,
    identity,
    ...(endpoint === undefined ? {} : {endpoint}),
    regions: choice.regions,
    regionSource: choice.source,
    notes: choice.notes,
    versions: {handrail: ownVersion(), node: process.version},
  };
}

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String((manifest as {version: unknown}).version);
}
