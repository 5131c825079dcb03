import {defined} from '../../data/defined.ts';
import {modelsFor} from '../../aws/catalogue/operation-models.ts';
import {pacedPort} from '../../aws/call/rate-limited-port.ts';
import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {calendarPort} from '../../aws/preflight/calendar-state.ts';
import {NoRegions} from '../../aws/preflight/regions.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {stamp, type AwsPort, type OperatorPort} from '../../engine/model/ports.ts';
import type {Event} from '../../engine/model/events.ts';
import {defaultLimits, type Program} from '../../engine/model/program.ts';
import type {HostOrder} from '../../host/messages.ts';
import {Refused, type HostWorker} from '../../host/worker.ts';
import {includedFrom, parseRunbook, type LoadedRunbook} from '../../runbook/load/load.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import {version} from '../../version.ts';
import {accessFor, NoSession, type Session} from '../aws-session.ts';
import type {Order} from '../order.ts';
import {refuseAccount, refuseUnsigned} from '../policy/refusals.ts';
import {underPolicies} from '../policy/under-policies.ts';
import {beginning, regionsFor} from '../prepare-run.ts';
import {operatorWith} from '../answers/preset-answers.ts';
import {refuseStrayAnswers} from '../answers/stray-answers.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {systemClock} from '../system-clock.ts';

/** Stands in for an operator who is not there. */
const nobody: OperatorPort = {ask: async () => ({accepted: false, by: 'nobody', missing: 'an operator'})};

type RunStarted = Extract<Event, {type: 'run-started'}>;

/** Does what an engine's runs need of AWS, with the credentials of this process. */
export function hostWorker(connection: ConnectionOptions): HostWorker {
  const never = new AbortController().signal;
  const programs = new Map<string, Promise<Program>>();
  const ports = new Map<string, Promise<AwsPort>>();

  const sessionFor = async (run: string, loaded: LoadedRunbook, ticket?: string): Promise<Session> => {
    const agent = {version: version(), run, ...defined({ticket})};
    const access = await accessFor(loaded, {...connection, agent});
    return access.session(never);
  };
  const portFor = async (started: RunStarted): Promise<AwsPort> => {
    const loaded = loadedFrom(started.runbook);
    const {identity, aws, endpoint} = await sessionFor(started.run, loaded, started.gates?.ticket);
    if (identity.account !== started.identity.account || endpoint !== started.endpoint) {
      throw new Error(
        `run ${started.run} is for account ${started.identity.account}, and this worker's credentials are for ${identity.account}`,
      );
    }
    return pacedPort(aws, systemClock);
  };

  return {
    begin: async (run, order) => {
      try {
        return await begun(run, order, connection, never);
      } catch (error) {
        const expected = [NoSession, NoRegions, UsageError, InvalidRunbook].some(
          (kind) => error instanceof kind,
        );
        if (!expected || !(error instanceof Error)) throw error;
        throw new Refused(error.message, error instanceof UsageError ? error.exitCode : exitCodes.failed);
      }
    },
    programOf: (started, answers) =>
      kept(programs, started.run, () => programOf(started, answers, connection)),
    presetAnswer: async (question, {by, yes, confirm, waive}) => {
      const given = {yes, confirm, waive, everything: false};
      const answer = await operatorWith(given, nobody, by).ask(question, never);
      return 'missing' in answer && answer.missing !== undefined ? undefined : answer;
    },
    calendarState: async (started, calendar) => {
      try {
        const aws = await kept(ports, started.run, () => portFor(started));
        return await calendarPort(aws).stateOf(calendar, never);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const fault = error instanceof NoSession ? error.fault : undefined;
        return {state: 'UNKNOWN', fault: fault ?? {kind: 'credentials', name: 'NoCredentials', message}};
      }
    },
    awsFor: (started) => kept(ports, started.run, () => portFor(started)),
  };
}

/** Returns what is there by a name, or makes it. What failed is made again the next time. */
function kept<T>(all: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const earlier = all.get(name);
  if (earlier !== undefined) return earlier;
  const made = make();
  all.set(name, made);
  made.catch(() => all.delete(name));
  return made;
}

async function begun(
  run: string,
  order: HostOrder,
  connection: ConnectionOptions,
  signal: AbortSignal,
): Promise<readonly [RunStarted, ...Event[]]> {
  const loaded = loadedFrom(order.runbook);
  const agent = {version: version(), run, ...defined({ticket: order.gates?.ticket})};
  const given = {yes: false, confirm: [], waive: [], ...order.answers, everything: false};
  const whole: Order = {
    loaded,
    inputs: order.inputs,
    mode: order.mode,
    simulation: false,
    regions: order.regions,
    onlyRegions: order.onlyRegions,
    connection: {...connection, agent},
    answers: given,
    gates: order.gates,
  };
  const kept = underPolicies(whole, undefined, process.env);
  if (whole.mode === 'live') refuseUnsigned(kept.policies ?? []);
  const access = await accessFor(loaded, whole.connection);
  try {
    const session = await access.session(signal);
    refuseAccount(kept.policies ?? [], session.identity.account);
    const {partition} = session.identity;
    const choice = await regionsFor(kept, access.aws, partition, signal);
    const {started, waived} = await beginning(kept, session, Promise.resolve({partition, choice}), signal);
    refuseStrayAnswers(loaded.runbook, given, started);
    const now = systemClock.now();
    const first = {...started, run, at: now};
    return [first, ...waived.map((one) => stamp(one, now))];
  } finally {
    access.close();
  }
}

/** The runbook as it was when it was submitted: what its file is by now does not matter. */
function loadedFrom({
  file,
  text,
  included = [],
}: {
  readonly file: string;
  readonly text: string;
  readonly included?: HostOrder['runbook']['included'];
}): LoadedRunbook {
  return parseRunbook(file, text, includedFrom(included));
}

async function programOf(
  started: RunStarted,
  answers: Parameters<HostWorker['programOf']>[1],
  {limits}: ConnectionOptions,
): Promise<Program> {
  const loaded = loadedFrom(started.runbook);
  return {
    runbook: loaded.runbook,
    operations: await modelsFor({...loaded, begun: true}),
    limits: {...defaultLimits, ...limits},
    // An operator can attach at any time.
    attended: started.mode === 'live',
    waive: answers?.waive ?? [],
    ...(answers === undefined ? {} : {waivedBy: `${answers.by} with --waive`}),
  };
}
