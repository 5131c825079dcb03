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
import {accessFor, NoSession, type Access, type Session} from '../aws-session.ts';
import type {Order} from '../order.ts';
import {refuseAccount, refuseUnsigned} from '../policy/refusals.ts';
import {underPolicies} from '../policy/under-policies.ts';
import {beginning, lookEarly} from '../prepare-run.ts';
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
  const ways = new Map<string, Promise<Way>>();

  const wayFor = async (started: RunStarted): Promise<Way> => {
    const {run, identity: own, gates} = started;
    const agent = {version: version(), run, ...defined({ticket: gates?.ticket})};
    const access = await accessFor(loadedFrom(started.runbook), {...connection, agent});
    try {
      const session = await access.session(never);
      if (session.identity.account !== own.account || session.endpoint !== started.endpoint) {
        throw new Error(
          `run ${run} is for account ${own.account}, and this worker's credentials are for ${session.identity.account}`,
        );
      }
      return wayOf(access, session);
    } catch (error) {
      access.close();
      throw error;
    }
  };

  return {
    clock: systemClock,
    begin: async (run, order) => {
      try {
        const {events, way} = await begun(run, order, connection);
        void closed(ways.get(run));
        ways.set(run, Promise.resolve(way));
        return events;
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
        const {aws} = await kept(ways, started.run, () => wayFor(started));
        return await calendarPort(aws).stateOf(calendar, never);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const fault = error instanceof NoSession ? error.fault : undefined;
        return {state: 'UNKNOWN', fault: fault ?? {kind: 'credentials', name: 'NoCredentials', message}};
      }
    },
    awsFor: async (started) => (await kept(ways, started.run, () => wayFor(started))).aws,
    over: (run) => {
      const way = ways.get(run);
      ways.delete(run);
      programs.delete(run);
      void closed(way);
    },
  };
}

/** The way to AWS of a run. */
interface Way {
  readonly aws: AwsPort;
  close(): void;
}

function wayOf(access: Access, {aws, ahead}: Session): Way {
  return {aws: ahead.over(pacedPort(aws, systemClock)), close: () => access.close()};
}

async function closed(way: Promise<Way> | undefined): Promise<void> {
  const opened = await way?.catch(() => undefined);
  opened?.close();
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

/** Finds out all that a run needs. The reads that it begins with are under way then. */
async function begun(
  run: string,
  order: HostOrder,
  connection: ConnectionOptions,
): Promise<{readonly events: readonly [RunStarted, ...Event[]]; readonly way: Way}> {
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
  const refused = new AbortController();
  try {
    const early = lookEarly(kept, access, refused.signal);
    // Spoken of where it is waited for: who is calling comes first.
    early.catch(() => undefined);
    const session = await access.session(refused.signal);
    refuseAccount(kept.policies ?? [], session.identity.account);
    const {started, waived} = await beginning(kept, session, early, refused.signal);
    refuseStrayAnswers(loaded.runbook, given, started);
    const now = systemClock.now();
    const first = {...started, run, at: now};
    void session.prepare(started.regions);
    return {events: [first, ...waived.map((one) => stamp(one, now))], way: wayOf(access, session)};
  } catch (error) {
    refused.abort();
    access.close();
    throw error;
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
