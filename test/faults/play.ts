import type {Event} from '../../source/engine/model/events.ts';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import type {OperationModel} from '../../source/runbook/operation.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';
import type {FaultClass} from './fault-classes.ts';
import {busy, stageFor} from './stage.ts';

/** How a run ended in which one operation failed in one way whenever it was called. */
export interface Played {
  readonly run: SimulatedRun;
  /** Kinds of the spoiled operation's faults, as the run understood them. */
  readonly kinds: readonly string[];
  /** What was done wrong; empty as it must be. */
  readonly sins: readonly string[];
  /** How the run ended, in a word. */
  readonly ending: string;
}

/** Runs a runbook while an operation fails in one way, always. Everything else works. */
export async function play(model: OperationModel, {fault, kind}: FaultClass): Promise<Played> {
  const stage = stageFor(model);
  const regional = model.service === 'imagebuilder' ? {region: busy} : {};
  const rule = {operation: model.operation, always: true as const, fault, ...regional};
  const run = await simulatedRun({
    ...stage,
    faults: [...stage.faults, {...rule, service: model.service as 'iam'}],
    // One limit for all calls: the others must be answered within it on a busy machine too.
    connection: {answerTimeoutMs: kind === 'timeout' ? 1500 : 60_000},
  });
  const kinds = new Set(
    failures(run.events, model.name)
      .filter((event) => event.fault.name !== 'InvalidRequestException' || fault === 'invalidRequest')
      .map((event) => event.fault.kind),
  );
  return {
    run,
    kinds: [...kinds].toSorted(),
    sins: sinsOf(run, model),
    ending: run.state.ended?.status ?? (run.error === undefined ? 'left' : 'refused'),
  };
}

type CallFailed = Extract<Event, {type: 'call-failed'}>;

function failures(events: readonly Event[], operation: string): readonly CallFailed[] {
  const calls = new Set(
    events.flatMap((event) =>
      event.type === 'call-started' && event.operation === operation ? [event.call] : [],
    ),
  );
  return events.filter((event): event is CallFailed => event.type === 'call-failed' && calls.has(event.call));
}

/** The looks that say whether a Region is clear. */
const looks = ['ListImageBuildVersions', 'ListImages', 'ListImagePipelines'];

/** What must not happen, whatever fails. */
function sinsOf(run: SimulatedRun, {operation}: OperationModel): readonly string[] {
  const sins: string[] = [];
  const lane = run.state.lanes.get(busy);
  if (run.state.started === undefined) sins.push('the run never started');
  if (looks.includes(operation)) {
    if (lane !== undefined && truthOf(run.state, lane) === 'clear') sins.push('a blind spot reads as clear');
    const deletion = run.requests.find((request) => request.operation === 'DeleteServiceLinkedRole');
    if (deletion !== undefined) sins.push('the deletion was asked for in spite of a blind spot');
  }
  return [...sins, ...falseSuccess(run), ...unasked(run), ...lostMembers(run)];
}

/** A removal that says it is done while something is left. */
function falseSuccess({state, exitCode, after}: SimulatedRun): readonly string[] {
  if (exitCode !== 0 || state.started?.runbook.name !== 'delete-service-linked-role') return [];
  const {builds = {}, pipelines = {}} = after.regions[busy] ?? {};
  return [
    ...(after.role === null ? [] : ['done, but the role is there']),
    ...Object.values(builds).flatMap(({status}) =>
      status.endsWith('ING') ? ['done, but a build runs'] : [],
    ),
    ...Object.values(pipelines).flatMap(({members}) =>
      members.schedule === undefined ? [] : ['done, but a schedule is there'],
    ),
  ];
}

/** Changes that the simulator was asked for and the operator was not. */
function unasked({events, requests}: SimulatedRun): readonly string[] {
  const agreed = new Set(
    events.flatMap((event) =>
      event.type === 'asked' ? event.question.changes.map(({operation}) => operation.split(':')[1]) : [],
    ),
  );
  return requests
    .filter(({operation}) => /^(Cancel|Update|Delete|Create|Start)/.test(operation) && !agreed.has(operation))
    .map(({operation}) => `${operation} was sent without consent`);
}

/** Pipelines that lost more than their schedule. */
function lostMembers({before, after}: SimulatedRun): readonly string[] {
  return Object.entries(before.regions).flatMap(([region, {pipelines}]) =>
    Object.entries(pipelines).flatMap(([arn, {members}]) => {
      const kept = after.regions[region]?.pipelines[arn]?.members;
      // Deleted with consent: what was sent without is found elsewhere.
      if (kept === undefined) return [];
      const {schedule: _was, ...rest} = members;
      const {schedule: _is, ...now} = kept;
      return JSON.stringify(rest) === JSON.stringify(now) ? [] : [`${arn} lost members`];
    }),
  );
}
