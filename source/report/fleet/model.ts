import {defined} from '../../data/defined.ts';
import type {RunStatus} from '../../engine/model/run-status.ts';
import {ownWindows} from '../../engine/queries/change-window.ts';
import {standing} from '../../fleet/fleet-end.ts';
import {byNeed} from '../../fleet/need.ts';
import type {FleetEvent, RegionUse, Unchecked} from '../../fleet/events.ts';
import type {AccountState, FleetState} from '../../fleet/state.ts';
import {stoppedBy} from '../../wording/glossary/words.ts';
import {notEndedText} from '../../wording/run-mode.ts';
import {windowText} from '../../wording/gate-text.ts';
import {reportOf} from '../build/fold.ts';
import {madeOf} from '../made-changes.ts';
import type {Journal} from '../../journal/read.ts';
import type {Report} from '../model.ts';

/** One account of a fleet, as evidence. */
export interface ReportedAccount {
  readonly id: string;
  readonly name?: string;
  readonly ou?: string;
  /** Where it stands, in words. */
  readonly standing: string;
  readonly message: string;
  readonly wave?: number;
  /** Changes that its look showed. */
  readonly shown: number;
  /** Changes that were made. */
  readonly made: number;
  /** Regions that could not be checked. */
  readonly unknown: readonly string[];
  /** Regions that its last look left out on purpose; absent where there were none. */
  readonly unchecked?: Unchecked;
  /** Regions in which something is in use, by its last look. */
  readonly uses: readonly RegionUse[];
  /** Regions that somebody went on without. */
  readonly waived: readonly {readonly region: string; readonly by: string; readonly at: number}[];
  /** ms since the epoch; null where it was never entered. */
  readonly startedAt: number | null;
  readonly lastEventAt: number | null;
  /** Its run, or its look where it had no run; null where it could not be entered. */
  readonly run: string | null;
  /** Hash of that run's last record, by the fleet's journal. */
  readonly head: string | null;
  /** Why that run's journal cannot be read, if it cannot. */
  readonly unreadable?: string;
  readonly report?: Report;
}

/** A consent to a wave. */
interface ReportedWave {
  readonly wave: number;
  readonly accounts: readonly string[];
  readonly changes: {readonly [operation: string]: number};
  readonly digest: string;
  /** ms since the epoch. */
  readonly askedAt: number | null;
  readonly answeredAt: number | null;
  readonly accepted: boolean | null;
  readonly by: string | null;
  readonly typed: string | null;
  /** The option that would have answered, where nobody could be asked. */
  readonly missing: string | null;
}

/** A fleet as evidence: the sum of its events, with the report of each account's run. */
export interface FleetReport {
  readonly format: 'handrail-fleet-report';
  readonly version: 1;
  readonly fleet: string;
  readonly runbook: {readonly name: string; readonly title: string; readonly sha256: string};
  readonly mode: 'live' | 'plan';
  /** It ran against Handrail's own simulator; nothing real was touched. */
  readonly simulation: boolean;
  readonly caller: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly status: RunStatus | null;
  readonly message: string;
  /** Names the changes that a plan showed. */
  readonly plan: string | null;
  /** Regions that the operator named for every account; empty where they were found. */
  readonly regions: readonly string[];
  /** Name of the role that was taken on in each account. */
  readonly role: string;
  /** The change ticket, the hours in which changes were to start, and why they were not waited for. */
  readonly ticket?: string;
  readonly windows?: readonly string[];
  readonly overridden?: {readonly at: number; readonly by: string; readonly reason: string};
  /** Times at which an operator paused it and let it go on. */
  readonly paused: readonly {readonly at: number; readonly by: string; readonly until: number | null}[];
  /** The policy files that it kept to; empty where there was none, absent where its journal does not say. */
  readonly policy?: readonly {readonly file: string; readonly sha256: string}[];
  readonly resumed: readonly {readonly at: number; readonly by: string}[];
  /** Those that need somebody first. */
  readonly accounts: readonly ReportedAccount[];
  readonly skipped: readonly {readonly id: string; readonly name?: string; readonly why: string}[];
  readonly waves: readonly ReportedWave[];
  readonly journal: {readonly file: string; readonly records: number; readonly head: string};
}

/** The journal of a run, or why it cannot be read. */
type ReadRun = (run: string) => Journal | {readonly problem: string};

/** Folds the journals of a fleet into a report. */
export function fleetReportOf(
  state: FleetState,
  events: readonly FleetEvent[],
  journal: FleetReport['journal'],
  readRun: ReadRun,
): FleetReport {
  const {started, ended} = state;
  if (started === undefined) throw new Error('a fleet begins with its first event');
  const {name, title, sha256} = started.runbook;
  const windows = ownWindows(state);
  return {
    format: 'handrail-fleet-report',
    version: 1,
    fleet: started.fleet,
    runbook: {name, title, sha256},
    mode: started.mode,
    simulation: started.simulation === true,
    caller: started.base.arn,
    startedAt: events[0]?.at ?? 0,
    lastEventAt: state.now,
    status: ended?.status ?? null,
    message: ended?.message ?? openText(state),
    plan: ended?.plan ?? null,
    regions: started.regions,
    role: started.role,
    ...defined({
      ticket: started.gates?.ticket,
      windows: windows.length === 0 ? undefined : windows.map((window) => windowText(window)),
      overridden: state.overridden,
    }),
    paused: pausesOf(events),
    ...defined({policy: policyOf(started.policy, events)}),
    resumed: events.flatMap((event) =>
      event.type === 'fleet-resumed' ? [{at: event.at, by: event.by}] : [],
    ),
    accounts: byNeed([...state.accounts.values()]).map((row) => accountOf(row, readRun)),
    skipped: started.skipped.map(({account, why}) => ({
      id: account.id,
      ...defined({name: account.name}),
      why,
    })),
    waves: state.waves.map(({wave, accounts, changes, digest, answer}) => ({
      wave,
      accounts,
      changes,
      digest,
      askedAt: timeOf(events, 'wave-asked', wave),
      answeredAt: timeOf(events, 'wave-answered', wave),
      accepted: answer?.accepted ?? null,
      by: answer?.by ?? null,
      typed: answer?.typed ?? null,
      missing: answer?.missing ?? null,
    })),
    journal,
  };
}

/** What became of a fleet that has not ended. */
function openText(state: FleetState): string {
  return state.interrupted === undefined
    ? 'it has not ended'
    : `${stoppedBy(state.interrupted)}: ${notEndedText('fleet', state)}`;
}

/** Each policy file once, of the beginning and of all resumptions. */
function policyOf(
  begun: FleetReport['policy'],
  events: readonly FleetEvent[],
): FleetReport['policy'] | undefined {
  const later = events.flatMap((event) => (event.type === 'fleet-resumed' ? (event.policy ?? []) : []));
  if (begun === undefined && later.length === 0) return undefined;
  return [...new Map([...(begun ?? []), ...later].map((one) => [one.sha256, one])).values()];
}

function accountOf(row: AccountState, readRun: ReadRun): ReportedAccount {
  const {account, look, wave} = row;
  const run = row.run ?? (look?.head === undefined ? undefined : row.lookRun);
  const read = run === undefined ? undefined : readRun(run);
  const report = read === undefined || 'problem' in read ? undefined : reportOf(read);
  return {
    id: account.id,
    ...defined({name: account.name, ou: account.ou, wave, unchecked: look?.unchecked}),
    standing: standing(row),
    ...outcomeOf(row, report),
    waived: (report?.regions ?? []).flatMap(({region, waived}) =>
      waived === undefined ? [] : [{region, by: waived.by, at: waived.at}],
    ),
    startedAt: report?.run.startedAt ?? null,
    lastEventAt: report?.run.lastEventAt ?? null,
    run: run ?? null,
    ...(read !== undefined && 'problem' in read ? {unreadable: read.problem} : {}),
    ...defined({report}),
  };
}

/** What became of an account, by the fleet's own journal. */
function outcomeOf(
  {look, end, run}: AccountState,
  report: Report | undefined,
): Pick<ReportedAccount, 'message' | 'shown' | 'made' | 'unknown' | 'uses' | 'head'> {
  const {message = '', unknown = [], head} = end ?? look ?? {};
  return {
    message,
    shown: look?.changes.length ?? 0,
    // A run that was left has made changes that the fleet's journal does not know of.
    made: end?.made ?? (run === undefined ? 0 : madeOf(report?.changes ?? []).length),
    unknown,
    uses: end === undefined ? (look?.uses ?? []) : [],
    head: head ?? look?.head ?? null,
  };
}

/** Pauses of an operator; one that no event ended has ended with the process or goes on. */
function pausesOf(events: readonly FleetEvent[]): FleetReport['paused'] {
  return events.flatMap((event, index) => {
    if (event.type !== 'fleet-held') return [];
    const over = events
      .slice(index)
      .find(({type}) =>
        ['fleet-released', 'fleet-resumed', 'fleet-interrupted', 'fleet-ended'].includes(type),
      );
    return [{at: event.at, by: event.by, until: over?.at ?? null}];
  });
}

/** Time of a wave's latest event of a kind: a wave that nobody agreed to is asked about again. */
function timeOf(
  events: readonly FleetEvent[],
  type: 'wave-asked' | 'wave-answered',
  wave: number,
): number | null {
  return events.findLast((event) => event.type === type && event.wave === wave)?.at ?? null;
}
