import {setTimeout as sleep} from 'node:timers/promises';
import {defined} from '../data/defined.ts';
import {modelsFor} from '../aws/catalogue/operation-models.ts';
import {Connection, type ConnectionOptions} from '../aws/connection/connection.ts';
import {hostOf, isAwsHost} from '../aws/connection/endpoint.ts';
import {callerIdentity, NoIdentity} from '../aws/preflight/identity.ts';
import {sameKeys} from '../aws/credentials/keys.ts';
import {partitionOf} from '../aws/connection/partitions.ts';
import {AnswersAhead} from '../aws/call/answers-ahead.ts';
import {awsPort, identityPort} from '../aws/call/aws-port.ts';
import type {ConcurrencyGate} from '../aws/call/concurrency-gate.ts';
import {loadService} from '../aws/catalogue/sdk-service.ts';
import type {Fault} from '../engine/model/fault.ts';
import type {Identity} from '../engine/model/identity.ts';
import type {AwsPort, CallRequest, Renewal} from '../engine/model/ports.ts';
import {defaultLimits, type Limits} from '../engine/model/program.ts';
import {operationsOf} from '../runbook/actions/actions.ts';
import type {ReadyRunbook} from '../runbook/load/load.ts';
import type {Runbook} from '../runbook/language/schema.ts';
import type {OperationModel} from '../runbook/operation.ts';

/** AWS after sign-in: the caller, the target of requests, and the models of the runbook's operations. */
export interface Session {
  readonly aws: AwsPort;
  /** Answers to reads that were sent before the run began. */
  readonly ahead: AnswersAhead;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly identity: Identity;
  /** Notes for the operator on the credentials. */
  readonly notes: readonly string[];
  /** Set when requests do not go to AWS's own endpoints. */
  readonly endpoint?: string;
  readonly limits: Limits;
  /** Has each request checked right before its bytes go out: they do not where `check` throws. */
  beforeSending(check: () => void): void;
  /** The same way to AWS for another run, which finds no answers that were meant for this one. */
  handedTo(run: string): Session;
  /**
   * Makes the clients of the Regions' steps while the first answers are under way: 34 of them at once would hold up the
   * first look by 50 ms (measured).
   */
  prepare(regions: readonly string[]): Promise<void>;
}

/** AWS could not be reached well enough to start; the message says why, in a line. */
export class NoSession extends Error {
  override readonly name = 'NoSession';
  /** AWS's refusal: a fleet tells a closed door from one that is throttled. */
  readonly fault: Fault;

  constructor(message: string, fault: Fault) {
    super(message);
    this.fault = fault;
  }
}

/** Pause between two hosts that are connected with ahead of their reads, in ms. */
const betweenHostsMs = 5;

/** A way to AWS, on which nothing has been asked yet. */
export interface Access {
  readonly aws: Pick<AwsPort, 'call'>;
  readonly ahead: AnswersAhead;
  /** By the Region that the settings name: the caller's own is known only when STS has answered. */
  partition(): Promise<string>;
  /** Connects with the hosts of reads that will be sent, while the first answers are under way. */
  warm(reads: readonly CallRequest[], signal: AbortSignal): Promise<void>;
  /** Closes the connections that nothing goes over: something else needs their files. */
  closeIdle(): Promise<void>;
  /** Finds out who is calling and where requests go. Throws InvalidRunbook and {@link NoSession}. */
  session(signal: AbortSignal): Promise<Session>;
  close(): void;
}

/**
 * Prepares the way to AWS. Each call passes the `budget`, where runs share one. Throws InvalidRunbook for operations that
 * do not exist: then nothing was asked.
 */
export async function accessFor(
  loaded: ReadyRunbook,
  options: ConnectionOptions,
  budget?: ConcurrencyGate,
): Promise<Access> {
  // Earlier checks are only looked up while responses are outstanding.
  if (loaded.places !== undefined) await modelsFor(loaded);
  const connection = new Connection(options);
  const aws = within(budget, awsPort(connection));
  const limits = {...defaultLimits, ...options.limits};
  const ahead = new AnswersAhead(aws, limits.maxConcurrency);
  return {
    aws,
    ahead,
    warm: (reads, signal) => warmed(connection, reads, signal),
    closeIdle: async () => (await connection.way()).closeIdle(),
    partition: async () => partitionOf(await connection.homeRegion()),
    session: async (signal) => {
      const whoIs = within(budget, identityPort(connection));
      const identity = await callerIdentity(whoIs, signal).catch(refused);
      connection.enter(identity.partition);
      const operations = await modelsFor(loaded);
      const endpoint = await foreignEndpoint(connection, operations);
      const renew = (renewal: AbortSignal): Promise<Renewal> =>
        renewedIdentity(connection, aws, identity, renewal);
      const port = {...aws, renew};
      const found: Session = {
        aws: port,
        ahead,
        operations,
        identity,
        notes: connection.notes,
        ...defined({endpoint}),
        limits,
        beforeSending: (check) => {
          connection.beforeSending = check;
        },
        handedTo: (run) => {
          connection.speakFor(run);
          return {...found, ahead: new AnswersAhead(port, limits.maxConcurrency)};
        },
        prepare: (regions) => prepared(connection, servicesInRegions(loaded.runbook, operations), regions),
      };
      return found;
    },
    close: () => connection.close(),
  };
}

/** A port whose calls wait for their turn among those of all runs that share the budget. */
function within(budget: ConcurrencyGate | undefined, aws: Pick<AwsPort, 'call'>): Pick<AwsPort, 'call'> {
  if (budget === undefined) return aws;
  return {
    call: (request, signal) =>
      budget.pass(
        () => aws.call(request, signal),
        () => false,
        signal,
      ),
  };
}

/** The services that are called in each Region. */
function servicesInRegions({steps}: Runbook, operations: Session['operations']): readonly string[] {
  const names = steps.filter(({scope}) => scope === 'region').flatMap(operationsOf);
  const models = names.flatMap((name) => operations.get(name) ?? []);
  return [...new Set(models.filter(({missing}) => missing === undefined).map(({service}) => service))];
}

async function prepared(
  connection: Connection,
  services: readonly string[],
  regions: readonly string[],
): Promise<void> {
  for (const region of regions) {
    // One at a time, with room in between for answers and keys.
    await new Promise((resolve) => setImmediate(resolve));
    // The call that needs a client reports why it cannot be made.
    await Promise.all(services.map((service) => connection.client(service, region))).catch(() => undefined);
  }
}

/** Names are looked up by four threads, and the first questions need theirs, too. So the hosts follow each other. */
async function warmed(
  connection: Connection,
  reads: readonly CallRequest[],
  signal: AbortSignal,
): Promise<void> {
  for (const {operation: name, region} of reads) {
    if (signal.aborted) return;
    const [service = '', operation = ''] = name.split(':');
    // What cannot be reached is the read's own to report.
    if (region !== undefined) await connection.warm(service, operation, region).catch(() => undefined);
    await sleep(betweenHostsMs);
  }
}

function refused(error: unknown): never {
  if (!(error instanceof NoIdentity)) throw error;
  throw new NoSession(error.sentence, error.fault);
}

/** The endpoints among those of the services in use that are not AWS's own. */
async function foreignEndpoint(
  connection: Connection,
  operations: ReadonlyMap<string, OperationModel>,
): Promise<string | undefined> {
  const found = new Set<string>();
  for (const name of [...operations.keys(), ...askedBeforehand]) {
    if (operations.get(name)?.missing !== undefined) continue;
    const [service = '', operation = ''] = name.split(':');
    const host = await hostOf(await loadService(service), await connection.client(service), operation);
    if (!isAwsHost(host)) found.add(host);
  }
  return found.size === 0 ? undefined : [...found].join(', ');
}

/** Questions before a run, for any runbook. */
const askedBeforehand = ['sts:GetCallerIdentity', 'account:ListRegions', 'ssm:GetParametersByPath'];

/** Looks for credentials, and asks AWS whether they can go on with the run. */
async function renewedIdentity(
  connection: Connection,
  port: Pick<AwsPort, 'call'>,
  before: Identity,
  signal: AbortSignal,
): Promise<Renewal> {
  const earlier = connection.lastKeys;
  connection.renew();
  try {
    const {account} = await callerIdentity(port, signal);
    if (account !== before.account) {
      return {works: false, why: `they are for account ${account}, not ${before.account}`};
    }
    const {lastKeys} = connection;
    const fresh = earlier !== undefined && lastKeys !== undefined && !sameKeys(earlier, lastKeys);
    return {works: true, fresh};
  } catch (error) {
    if (error instanceof NoIdentity) {
      const {kind, message} = error.fault;
      return {works: false, why: message, ...(kind === 'denied' ? {shut: true as const} : {})};
    }
    throw error;
  }
}
