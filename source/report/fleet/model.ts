import {defined} from '../../data/defined.ts';
import {standing} from '../../fleet/fleet-end.ts';
import type {FleetEvent} from '../../fleet/events.ts';
import type {AccountState, FleetState} from '../../fleet/state.ts';
import {reportOf} from '../build/fold.ts';
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
  readonly accepted: boolean | null;
  readonly by: string | null;
  readonly typed: string | null;
}

/** A fleet as evidence: the sum of its events, with the report of each account's run. */
export interface FleetReport {
  readonly format: 'handrail-fleet-report';
  readonly version: 1;
  readonly fleet: string;
  readonly runbook: {readonly name: string; readonly title: string; readonly sha256: string};
  readonly mode: 'live' | 'plan';
  readonly caller: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly status: string | null;
  readonly message: string;
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
  return {
    format: 'handrail-fleet-report',
    version: 1,
    fleet: started.fleet,
    runbook: {name, title, sha256},
    mode: started.mode,
    caller: started.base.arn,
    startedAt: events[0]?.at ?? 0,
    lastEventAt: state.now,
    status: ended?.status ?? null,
    message: ended?.message ?? 'it has not ended',
    accounts: [...state.accounts.values()].map((row) => accountOf(row, readRun)),
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
      accepted: answer?.accepted ?? null,
      by: answer?.by ?? null,
      typed: answer?.typed ?? null,
    })),
    journal,
  };
}

function accountOf(row: AccountState, readRun: ReadRun): ReportedAccount {
  const {account, look, end, wave} = row;
  const run = row.run ?? (look?.head === undefined ? undefined : row.lookRun);
  const read = run === undefined ? undefined : readRun(run);
  return {
    id: account.id,
    ...defined({name: account.name, ou: account.ou, wave}),
    standing: standing(row),
    message: end?.message ?? look?.message ?? '',
    shown: look?.changes.length ?? 0,
    made: end?.made ?? 0,
    unknown: end?.unknown ?? look?.unknown ?? [],
    run: run ?? null,
    head: end?.head ?? look?.head ?? null,
    ...(read === undefined ? {} : 'problem' in read ? {unreadable: read.problem} : {report: reportOf(read)}),
  };
}
