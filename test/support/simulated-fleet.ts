import {mkdtempSync} from 'node:fs';
import {createServer, request as httpRequest, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {FaultRule} from '../../source/simulator/faults.ts';
import {credentialScope} from '../../source/simulator/credential-scope.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {fastClock, type FastClock} from './fast-clock.ts';

/** The role that a fleet takes on in each account. */
export const fleetRole = 'OrganizationAccountAccessRole';

/** What is in one account of a simulated fleet. */
export interface AccountWorld {
  /** Running builds; none when left out. */
  readonly builds?: number;
  /** Scheduled pipelines; none when left out. */
  readonly schedules?: number;
  /** Its service-linked role is there unless this says no. */
  readonly hasRole?: boolean;
  /** The fleet's role lets nobody in. */
  readonly closed?: boolean;
  readonly externalId?: string;
  /** Regions that it has disabled, beside those that every account has enabled. */
  readonly disabled?: readonly string[];
  readonly faults?: readonly FaultRule[];
}

/** Several simulated accounts behind one endpoint, with the caller's own account beside them. */
export interface SimulatedFleet {
  readonly endpoint: string;
  readonly clock: FastClock;
  readonly stateHome: string;
  readonly accounts: ReadonlyMap<string, Simulator>;
  /** STS takes the caller's own keys no more, until the returned function is called. */
  endBaseKeys(): () => void;
  /** The sessions of an account so far end at once. */
  endSessions(id: string): void;
  /** An account's sessions end, and nobody is let in any more. */
  suspend(id: string): void;
  close(): Promise<void>;
}

/** The doors of the accounts. */
interface Doors {
  readonly own: Simulator;
  readonly accounts: ReadonlyMap<string, Simulator>;
  /** The simulator that each issued key is for. */
  readonly owners: Map<string, Simulator>;
  readonly ended: Set<string>;
  readonly suspended: Set<Simulator>;
  baseEnded: boolean;
}

/** The account that the caller's own keys are for. */
const callersAccount = '999999999999';

const regionNames = ['eu-west-1', 'us-east-1'];

/** Starts a simulator for each account. Keys that a role was assumed with lead to the role's account. */
export async function simulatedFleet(
  worlds: Readonly<Record<string, AccountWorld>>,
  now?: () => number,
): Promise<SimulatedFleet> {
  const clock = fastClock(500);
  const start = (id: string, world: AccountWorld): Promise<Simulator> =>
    startSimulator(scenarioOf(id, world), {
      now: now ?? (() => clock.now()),
      ...(world.faults === undefined ? {} : {faults: world.faults}),
    });
  const own = await start(callersAccount, {});
  const started = await Promise.all(
    Object.entries(worlds).map(async ([id, world]) => [id, await start(id, world)] as const),
  );
  const accounts = new Map(started);
  const doors: Doors = {
    own,
    accounts,
    owners: new Map(),
    ended: new Set(),
    suspended: new Set(),
    baseEnded: false,
  };
  const server = createServer((incoming, response) => {
    void forwarded(incoming, response, doors).catch(() => response.destroy());
  });
  const endSessions = (id: string): void => {
    for (const [key, owner] of doors.owners) if (owner === accounts.get(id)) doors.ended.add(key);
  };
  // As the simulator's: on a busy machine nothing is sent on a connection that is being closed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    stateHome: mkdtempSync(join(tmpdir(), 'handrail-fleet-')),
    accounts,
    endBaseKeys() {
      doors.baseEnded = true;
      return () => {
        doors.baseEnded = false;
      };
    },
    endSessions,
    suspend(id) {
      endSessions(id);
      const simulator = accounts.get(id);
      if (simulator !== undefined) doors.suspended.add(simulator);
    },
    async close() {
      clock.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await Promise.all([own, ...accounts.values()].map((one) => one.close()));
    },
  };
}

function scenarioOf(id: string, world: AccountWorld): Scenario {
  const calm = loadScenario('calm');
  const arn = `arn:aws:iam::${id}:role/${fleetRole}`;
  const {externalId, disabled = []} = world;
  const door = {arn, ...(externalId === undefined ? {} : {externalId})};
  return {
    ...calm,
    account: {
      ...calm.account,
      id,
      caller: `arn:aws:sts::${id}:assumed-role/ops/kim`,
      assumableRoles: world.closed === true ? [] : [door],
    },
    role: {...calm.role, present: world.hasRole !== false},
    regionNames: [...disabled, ...regionNames],
    everyRegion: {manual: 1, finished: 1},
    regions: Object.fromEntries(disabled.map((region) => [region, {status: 'DISABLED' as const}])),
    pipelines: Array.from({length: world.schedules ?? 0}, (_, index) => ({
      region: 'eu-west-1',
      name: `nightly-${index}`,
      platform: 'Linux' as const,
      tags: {},
      rules: [],
      like: ['ami', 'nightly'],
      with: {},
      notYetModelled: {},
    })),
    running: Array.from({length: world.builds ?? 0}, (_, index) => ({
      region: 'us-east-1',
      name: `build-${index}`,
      version: '1.0.0',
      startedMinutesAgo: 5,
    })),
  };
}

/** Sends a request on to the account that it is for, and learns whose the keys are that STS issues. */
async function forwarded(
  incoming: IncomingMessage,
  response: ServerResponse,
  {own, accounts, owners, ended, suspended, baseEnded}: Doors,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const role = /(?:^|&)Action=AssumeRole&.*RoleArn=arn%3Aaws%3Aiam%3A%3A(\d{12})/.exec(
    body.toString('latin1'),
  );
  const key = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
  const target = (role === null ? owners.get(key) : accounts.get(role[1] ?? '')) ?? own;
  if (role !== null && baseEnded) return refused(response, 'ExpiredToken', 'The security token has expired');
  if (role !== null && suspended.has(target)) return refused(response, 'AccessDenied', 'Not authorized');
  if (ended.has(key)) {
    const {service = ''} = credentialScope(incoming.headers.authorization) ?? {};
    return refused(response, service === 'iam' ? 'ExpiredToken' : 'ExpiredTokenException', 'It has expired');
  }
  const answer = await sent(target, incoming, body);
  const issued = role === null ? undefined : /<AccessKeyId>([^<]+)</.exec(answer.body.toString('utf8'))?.[1];
  if (issued !== undefined) owners.set(issued, target);
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

/** Refuses in both of the protocols that the fleet's calls speak. */
function refused(response: ServerResponse, code: string, message: string): void {
  const isJson = code.endsWith('Exception');
  response.writeHead(403, {
    'content-type': isJson ? 'application/json' : 'text/xml',
    ...(isJson ? {'x-amzn-errortype': code} : {}),
  });
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.end(isJson ? JSON.stringify({message}) : `<ErrorResponse>${error}</ErrorResponse>`);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function sent({endpoint}: Simulator, {method, url, headers}: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(url ?? '/', endpoint), {method, headers}, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks)}),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
