import {existsSync, rmSync} from 'node:fs';
import {defined} from '../../data/defined.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';
import {truthOf, unknownRegions} from '../../engine/queries/region-truth.ts';
import {unsettledChanges} from '../../engine/queries/unsettled-changes.ts';
import type {Account} from '../../fleet/account.ts';
import type {ChildEnd, Look, RegionUse} from '../../fleet/events.ts';
import {uncheckedBy} from '../../fleet/unchecked.ts';
import type {ChildrenPort} from '../../fleet/run.ts';
import {readJournal, readRecords} from '../../journal/read.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Closing} from '../../wording/run-summary.ts';
import {SecondRun} from '../answers/second-run.ts';
import {NoSession} from '../aws-session.ts';
import type {Order} from '../order.ts';
import {reopenRun} from '../resume-run.ts';
import {openRun} from '../start-run.ts';
import {accountConnection} from './account-connection.ts';
import type {ChildSetup} from './child-setup.ts';
import {childFile} from './fleet-journal.ts';
import {goOnFromLook, recordsOfLook, type Entered} from './go-on-from-look.ts';
import {seenToItsEnd, type Left} from './see-to-its-end.ts';

/** The runs of a fleet's accounts: each with its own journal, lock and session. */
export function fleetChildren(setup: ChildSetup): ChildrenPort & {readonly close: () => void} {
  const {env} = setup.surroundings;
  /** The sessions of looks that a run may go on from. */
  const entered = new Map<string, Entered>();
  const take = (id: string): Entered | undefined => {
    const session = entered.get(id);
    entered.delete(id);
    return session;
  };
  return {
    look: async (account, run) => {
      take(account.id)?.disconnect();
      const closing = await seenToItsEnd(setup, account, {
        open: async (around) => openRun({...orderFor(setup, account), mode: 'plan'}, around, run),
        left: ({state, error}, {setup: {session}, disconnect}) => {
          const isReady = setup.order.mode === 'live' && error === undefined && state.planned !== undefined;
          if (isReady) entered.set(account.id, {session, disconnect});
          else disconnect();
        },
      });
      return 'refused' in closing
        ? {outcome: doorOf(closing.refused), message: closing.refused.message, changes: [], unknown: []}
        : lookOf(closing);
    },
    go: async (account, run, ask, look) => {
      const file = childFile(run, env);
      const before = stateOf(file);
      const session = take(account.id);
      const records =
        before !== undefined || look === undefined || session === undefined
          ? undefined
          : recordsOfLook(look, run, env);
      if (records === undefined) session?.disconnect();
      if (before?.state.ended?.status === 'done') return endOf(setup, before);
      const {waive} = answersFor(setup, account);
      // A journal holds the reason once.
      const notAgain = before?.state.overridden === undefined ? {} : {override: undefined};
      const closing = await seenToItsEnd(setup, account, {
        open: async (around) => {
          const order = orderFor(setup, account);
          if (records !== undefined && session !== undefined) {
            return goOnFromLook(order, records, around, session);
          }
          if (before === undefined) return openRun(order, around, run);
          const {policies, ...rest} = order;
          const again = policies === undefined ? {} : {policies: () => policies};
          const given = {...rest, ...again, ...notAgain, inputs: [], file, answers: {...nobody, waive}};
          return reopenRun(given, around);
        },
        ask,
      });
      return 'refused' in closing ? refusedEnd(closing.refused, before?.state) : endOf(setup, closing);
    },
    close: () => {
      for (const {disconnect} of entered.values()) disconnect();
      entered.clear();
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
  const rest = {
    unknown,
    ...(uses.length === 0 ? {} : {uses}),
    ...defined({head, unchecked: uncheckedBy(state)}),
  };
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
  {who, order}: ChildSetup,
  {state, error, head, shut, stopped}: Pick<Left, 'state' | 'error' | 'head' | 'shut' | 'stopped'>,
): ChildEnd | undefined {
  const unknown = unknownRegions(state).map(({region = ''}) => region);
  const rest = {made: state.changes.length, unknown, ...(head === undefined ? {} : {head})};
  const untouched = shut === true && state.changes.length === 0 && unsettledChanges(state).length === 0;
  if (error !== undefined) return {status: untouched ? 'closed' : 'failed', message: error, ...rest};
  if (stopped === true) {
    return {
      status: 'needs-operator',
      message: `stopped by ${who}${order.simulation === true ? '' : ': handrail fleet resume goes on with it'}`,
      ...rest,
    };
  }
  const {ended} = state;
  if (ended === undefined) return undefined;
  const status = ended.status === 'planned' ? 'failed' : ended.status;
  return {status, message: ended.message, ...rest};
}
