import {byId} from '../../data/by-id.ts';
import {windowText, windowsText} from '../../wording/gate-text.ts';
import {defined} from '../../data/defined.ts';
import type {Event, PlannedChange, RunQuestion} from '../../engine/model/events.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import {calendarsOf} from '../../engine/queries/change-calendar.ts';
import {ownWindows} from '../../engine/queries/change-window.ts';
import {stoppedLooking} from '../../engine/queries/region-truth.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Journal} from '../../journal/read.ts';
import {changesMade} from '../../wording/changes-made.ts';
import {canBeResumed} from '../../wording/run-mode.ts';
import {batchesText} from '../../wording/step-progress.ts';
import {changesOf} from './fold-changes.ts';
import {failuresOf} from './fold-failures.ts';
import {regionsOf} from './fold-regions.ts';
import {reportVersion, type Report} from '../model.ts';

/** Folds a journal into a report. */
export function reportOf(journal: Journal): Report {
  const {events, file, head, tornBytes} = journal;
  const state = evolveAll(initialState, events);
  const {started} = state;
  // A journal that was read begins with it.
  if (started === undefined) throw new Error(`${file} does not begin with a run`);
  const {identity, endpoint} = started;
  const regions = regionsOf(state, events);
  const lanes = [state.account, ...state.lanes];
  return {
    format: 'handrail-report',
    version: reportVersion,
    run: runOf(state, started, events),
    caller: {...identity, ...defined({endpoint})},
    regionSource: started.regionSource,
    notes: [...started.notes],
    ...(started.disabled === undefined ? {} : {disabled: [...started.disabled]}),
    steps: started.steps.map(({id, title, scope, does}) => ({id, title, scope, does})),
    ...(state.ended?.result === undefined
      ? {}
      : {result: state.ended.result.map(({title, lines}) => ({title, lines: [...lines]}))}),
    ...(state.planned === undefined ? {} : {planned: plannedOf(state.planned.changes)}),
    regions,
    confirmations: confirmationsOf(state, events),
    changes: changesOf(state, events),
    outcomes: [...changesMade(state).outcomes],
    failures: failuresOf(state, events),
    notLookedAt: regions
      .filter(({region, truth}) => truth === 'unknown' || isBlind(state, region))
      .map(({region, fault, waived}) => ({
        region,
        ...defined({fault}),
        waived: waived ?? null,
      })),
    unsettled: state.calls
      .filter(({effect}) => effect === 'change')
      .map(({startedAt, step, region, item, operation}) => ({
        at: startedAt,
        step,
        ...defined({region}),
        target: item,
        operation,
      })),
    calls: {
      made: lanes.reduce((sum, {calls}) => sum + calls, 0),
      failed: lanes.reduce((sum, {failedCalls}) => sum + failedCalls, 0),
    },
    journal: {file, records: events.length, head, tornBytes},
  };
}

/** Returns true if a check of a Region failed although another use there is known. */
function isBlind(state: RunState, region: string): boolean {
  const lane = state.lanes.get(region);
  return lane?.fault !== undefined && stoppedLooking(state, lane);
}

function plannedOf(changes: readonly PlannedChange[]): NonNullable<Report['planned']> {
  return changes.map(({request, ...change}) => ({
    ...defined(change),
    ...(request === undefined ? {} : {request: {...request} as Record<string, never>}),
  })) as NonNullable<Report['planned']>;
}

function runOf(
  state: RunState,
  started: NonNullable<RunState['started']>,
  events: readonly Event[],
): Report['run'] {
  const {run, runbook, inputs, mode, simulation, at, versions} = started;
  const {ended} = state;
  const later = canBeResumed(state) ? 'it can be resumed' : 'a simulation cannot be resumed';
  const interrupted = state.interrupted === undefined ? 'it has not ended' : `it was interrupted; ${later}`;
  return {
    id: run,
    runbook: {name: runbook.name, title: runbook.title, file: runbook.file, sha256: runbook.sha256},
    inputs: {...inputs} as Report['run']['inputs'],
    mode,
    simulation,
    startedAt: at,
    endedAt: ended?.at ?? null,
    lastEventAt: state.now,
    status: ended?.status ?? null,
    message: ended?.message ?? interrupted,
    rounds: state.round,
    ...gatesOf(state),
    resumed: events.flatMap((event) => (event.type === 'resumed' ? [{at: event.at, by: event.by}] : [])),
    interrupted: events.flatMap((event) =>
      event.type === 'interrupted' ? [{at: event.at, signal: event.signal}] : [],
    ),
    versions: {...versions},
  };
}

/** The rules that the changes started under. */
function gatesOf(
  state: RunState,
): Pick<Report['run'], 'ticket' | 'windows' | 'calendars' | 'policy' | 'overridden'> {
  const {started, policy, overridden} = state;
  const ticket = started?.gates?.ticket;
  const windows = ownWindows(state);
  const calendars = calendarsOf(state);
  const all = windowsText({started, windows, policy});
  return defined({
    ticket,
    windows:
      policy?.windows !== undefined && all !== undefined
        ? [all]
        : windows.length === 0
          ? undefined
          : windows.map((window) => windowText(window)),
    calendars: calendars.length === 0 ? undefined : [...calendars],
    policy: policy?.files.map((file) => ({...file})),
    overridden: overridden === undefined ? undefined : {...overridden},
  });
}

/** The batches of a question's steps, in words. */
function batchesOf(
  {steps}: RunState,
  {changes, batches = {}}: RunQuestion,
): Pick<Report['confirmations'][number], 'batches'> {
  const said = Object.entries(batches).map(([step, plan]) => {
    const inRegions = changes.some((change) => change.step === step && change.region !== undefined);
    return `${byId(steps, step)?.title ?? step}, ${batchesText(plan, inRegions)}`;
  });
  return said.length === 0 ? {} : {batches: said};
}

/** The approvals that a question wanted, with those that it had when it was put. */
function approvalsOf({approvals}: RunQuestion): Pick<Report['confirmations'][number], 'approvals'> {
  if (approvals === undefined) return {};
  const {needed, notCaller = false, given} = approvals;
  return {approvals: {needed, notCaller, given: given.map((one) => ({...one}))}};
}

function confirmationsOf(state: RunState, events: readonly Event[]): Report['confirmations'] {
  const found: Report['confirmations'] = [];
  for (const event of events) {
    if (event.type === 'asked') {
      const {question} = event;
      const {step, message, changes} = question;
      found.push({
        step,
        title: byId(state.steps, step)?.title ?? step,
        message,
        changes: changes.length,
        ...batchesOf(state, question),
        ...(question.kind === 'type-text' ? {wanted: question.typeToConfirm} : {}),
        ...approvalsOf(question),
        askedAt: event.at,
        answer: null,
      });
    }
    const open = found.at(-1);
    if (event.type === 'approved' && open?.step === event.step) {
      const {at, by, digest, signature} = event;
      open.approvals?.given.push({
        at,
        by,
        digest,
        ...(signature === undefined ? {} : {signature: {...signature}}),
      });
    }
    if (event.type === 'answered' && open?.step === event.step && open.answer === null) {
      const {type: _type, step: _step, ...answer} = event;
      open.answer = answer;
    }
  }
  return found;
}
