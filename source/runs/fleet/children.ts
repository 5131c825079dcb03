import {existsSync, rmSync} from 'node:fs';
import type {ConcurrencyGate} from '../../aws/call/concurrency-gate.ts';
import {NoRegions} from '../../aws/preflight/regions.ts';
import {defined} from '../../data/defined.ts';
import type {Event} from '../../engine/model/events.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';
import {truthOf, unknownRegions} from '../../engine/queries/region-truth.ts';
import type {Account} from '../../fleet/account.ts';
import type {ChildEnd, Look, RegionUse} from '../../fleet/events.ts';
import type {AskFleet, ChildrenPort} from '../../fleet/run.ts';
import {JournalError} from '../../journal/journal-error.ts';
import {readJournal, readRecords} from '../../journal/read.ts';
import type {Identity} from '../../engine/model/identity.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Closing} from '../../wording/run-summary.ts';
import type {FleetView} from '../../ui/fleet/fleet-view.ts';
import type {View} from '../../ui/view.ts';
import {SecondRun} from '../answers/second-run.ts';
import {NoSession} from '../aws-session.ts';
import {drive, type Drive, type Surroundings} from '../drive-run.ts';
import type {Order} from '../order.ts';
import {reopenRun} from '../resume-run.ts';
import {openRun, type OpenRun} from '../start-run.ts';
import {accountConnection} from './account-connection.ts';
import {childFile} from './fleet-journal.ts';
import type {FleetOrder} from './fleet-order.ts';

/** Parts of a fleet's runs that all of them share. */
export interface ChildSetup {
  readonly order: FleetOrder;
  readonly fleet: string;
  readonly base: Identity;
  readonly budget: ConcurrencyGate;
  readonly surroundings: Omit<Surroundings, 'view'>;
  /** Ends the fleet, which can be gone on with: the keys of this process have ended, and it can get no others. */
  readonly leave: () => void;
  /** Receives what happens in an account's run. */
  readonly published: (account: Account, state: RunState, events: readonly Event[]) => void;
  /** Receives how the run of an account is steered, where an operator can. */
  readonly steered?: FleetView['childSteering'];
  /** The caller, in few words: who stops an account's run. */
  readonly who: string;
  /** Why no account waits for a window, if none does. */
  readonly override: string | undefined;
}

/** The runs of a fleet's accounts: each with its own journal, lock and session. */
export function fleetChildren(setup: ChildSetup): ChildrenPort {
  return {
    look: async (account, run) => {
      const closing = await seenToItsEnd(setup, account, async (around) =>
        openRun({...orderFor(setup, account), mode: 'plan'}, around, run),
      );
      return 'refused' in closing
        ? {outcome: doorOf(closing.refused), message: closing.refused.message, changes: [], unknown: []}
        : lookOf(closing);
    },
    go: async (account, run, ask) => {
      const file = childFile(run, setup.surroundings.env);
      const before = stateOf(file);
      if (before?.state.ended?.status === 'done') return endOf(setup, before);
      const {waive} = answersFor(setup, account);
      // A journal holds the reason once.
      const notAgain = before?.state.overridden === undefined ? {} : {override: undefined};
      const open = async (around: Surroundings): Promise<OpenRun> => {
        const order = orderFor(setup, account);
        if (before === undefined) return openRun(order, around, run);
        const {policies, ...rest} = order;
        const again = policies === undefined ? {} : {policies: () => policies};
        const given = {...rest, ...again, ...notAgain, inputs: [], file, answers: {...nobody, waive}};
        return reopenRun(given, around);
      };
      const closing = await seenToItsEnd(setup, account, open, ask);
      return 'refused' in closing ? refusedEnd(closing.refused, before?.state) : endOf(setup, closing);
    },
    watchKeys: (ended, found) =>
      setup.order.connection.shared?.watch({
        ended: (why, canChange) => {
          ended(why);
          if (!canChange) setup.leave();
        },
        found,
      }) ?? (() => undefined),
  };
}

/** Nothing is answered in advance: the fleet answers. */
const nobody = {yes: false, confirm: [], everything: false, waive: []} as const;

function answersFor({order}: ChildSetup, {id}: Account): Order['answers'] {
  const mine = order.answers.waive.filter((one) => one.startsWith(`${id}/`));
  return {...nobody, waive: mine.map((one) => one.slice(id.length + 1))};
}

function orderFor(setup: ChildSetup, account: Account): Order {
  const {loaded, inputs, mode, regions, gates, defaults, simulation = false} = setup.order;
  const {regions: own = []} = account;
  return {
    loaded,
    inputs,
    mode,
    simulation,
    regions: own.length > 0 ? own : regions,
    connection: accountConnection(
      {...setup.order, base: setup.base, fleet: setup.fleet, ticket: gates?.ticket},
      account,
    ),
    answers: answersFor(setup, account),
    account: account.id,
    gates,
    override: setup.override,
    leftOut: defaults?.leaveOut && {file: defaults.file, rules: defaults.leaveOut},
    ...defined({policies: setup.order.policies}),
    budget: setup.budget,
  };
}

/** The state of a run that has a journal; undefined for one that was killed before it had a whole record. */
function stateOf(file: string): Pick<Closing, 'state' | 'head'> | undefined {
  if (!existsSync(file)) return undefined;
  if (readRecords(file).events.length === 0) {
    rmSync(file);
    return undefined;
  }
  const {events, head} = readJournal(file);
  return {state: evolveAll(initialState, events), head};
}

/** What keeps an account's run from beginning or going on. */
type Refusal = {readonly refused: Error};

/** How a run was left. */
interface Left extends Closing {
  /** The operator stopped this run alone. */
  readonly stopped?: true;
}

/** Opens a run, drives it, and returns how it was left. */
async function seenToItsEnd(
  setup: ChildSetup,
  account: Account,
  open: (around: Surroundings) => Promise<OpenRun>,
  ask?: AskFleet,
): Promise<Left | Refusal> {
  let closing: Closing = {state: initialState};
  const stopped = new AbortController();
  const {steered} = setup;
  const view: View = {
    opening: () => undefined,
    publish: (state, events) => setup.published(account, state, events),
    ask: async (question) => {
      if (ask !== undefined && 'step' in question) return ask(question);
      return {accepted: false, by: 'the fleet', missing: `handrail run in account ${account.id}`};
    },
    close: async (last) => {
      closing = last;
    },
    // A look changes nothing: it ends by itself, whatever it could not look at.
    ...(ask === undefined || steered === undefined
      ? {}
      : {steering: (command) => steered(account, {command, stop: () => stopped.abort('S')})}),
  };
  const shut = new AbortController();
  // Signals of its own: what listens to them is forgotten with the run.
  const {gently, atOnce} = setup.surroundings.stopper.interruption;
  const interruption = {
    gently: AbortSignal.any([gently, shut.signal, stopped.signal]),
    atOnce: AbortSignal.any([atOnce]),
  };
  const stopper = {...setup.surroundings.stopper, interruption};
  const around: Surroundings = {...setup.surroundings, stopper, view};
  try {
    const opened = await open(around);
    try {
      await drive(untilShut(opened.setup, shut), around);
      if (gently.aborted || closing.state.ended !== undefined) return closing;
      if (shut.signal.aborted) return {...closing, error: String(shut.signal.reason)};
      return stopped.signal.aborted ? {...closing, stopped: true} : closing;
    } finally {
      opened.close();
    }
  } catch (error) {
    if (gently.aborted) return {state: initialState};
    const expected = [NoSession, NoRegions, JournalError, UsageError, SecondRun].some(
      (kind) => error instanceof kind,
    );
    if (expected && error instanceof Error) return {refused: error};
    throw error;
  }
}

/** Looks for a new session that were all refused before an account counts as shut. */
const refusalsOfShut = 3;

/** A run that is left, and can be gone on with, once AWS lets nobody into its account any more. */
function untilShut(drive: Drive, shut: AbortController): Drive {
  const {aws} = drive.session;
  let refused = 0;
  return {
    ...drive,
    session: {
      ...drive.session,
      aws: {
        call: (request, signal) => aws.call(request, signal),
        renew: async (signal) => {
          const renewal = await aws.renew(signal);
          refused = !renewal.works && renewal.shut === true ? refused + 1 : 0;
          if (!renewal.works && refused >= refusalsOfShut) {
            shut.abort(`its session ended, and it could not be entered again: ${renewal.why}`);
          }
          return renewal;
        },
      },
    },
  };
}

/** An account without a session, or with another account's, could not be entered. */
function doorOf(error: Error): Look['outcome'] {
  return error instanceof NoSession || error instanceof UsageError ? 'closed' : 'failed';
}

/** A run that was begun and cannot be entered any more has failed; one that was not is as it was. */
function refusedEnd(error: Error, before: RunState | undefined): ChildEnd {
  const untouched = before === undefined && doorOf(error) === 'closed';
  const status = untouched ? 'closed' : error instanceof SecondRun ? 'needs-operator' : 'failed';
  return {status, message: error.message, made: before?.changes.length ?? 0, unknown: []};
}

function lookOf(closing: Closing): Look | undefined {
  const {state, error, head} = closing;
  const unknown = unknownRegions(state).map(({region = ''}) => region);
  const uses = usesIn(state);
  const rest = {unknown, ...(uses.length === 0 ? {} : {uses}), ...(head === undefined ? {} : {head})};
  if (error !== undefined) return {outcome: 'failed', message: error, changes: [], ...rest};
  const {ended, planned} = state;
  if (ended === undefined) return undefined;
  const changes = planned?.changes ?? [];
  const base = {message: ended.message, changes, ...rest};
  if (ended.status === 'planned') return {outcome: changes.length > 0 ? 'ready' : 'clear', ...base};
  if (ended.status === 'done') return {outcome: 'clear', ...base};
  return {outcome: ended.status === 'blocked' ? 'blocked' : 'failed', ...base};
}

/** The Regions in which something is in use, as far as the run has looked. */
function usesIn(state: RunState): readonly RegionUse[] {
  return [...state.lanes.entries()].flatMap(([region, lane]): readonly RegionUse[] => {
    if (truthOf(state, lane) !== 'in-use') return [];
    const used = Object.values(lane.cells).filter(({inUse = 0}) => inUse > 0);
    const uses = used.reduce((sum, {inUse = 0}) => sum + inUse, 0);
    return [{region, uses, text: used.map(({text}) => text).join(', ')}];
  });
}

function endOf(
  {who}: ChildSetup,
  {state, error, head, stopped}: Pick<Left, 'state' | 'error' | 'head' | 'stopped'>,
): ChildEnd | undefined {
  const unknown = unknownRegions(state).map(({region = ''}) => region);
  const rest = {made: state.changes.length, unknown, ...(head === undefined ? {} : {head})};
  if (error !== undefined) return {status: 'failed', message: error, ...rest};
  if (stopped === true) {
    return {
      status: 'needs-operator',
      message: `stopped by ${who}: handrail fleet resume goes on with it`,
      ...rest,
    };
  }
  const {ended} = state;
  if (ended === undefined) return undefined;
  const status = ended.status === 'planned' ? 'failed' : ended.status;
  return {status, message: ended.message, ...rest};
}
