import type {Event} from '../../source/engine/events.ts';
import {truthOf} from '../../source/engine/truth.ts';
import type {OperationModel} from '../../source/runbook/operation.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';
import type {FaultClass} from './fault-classes.ts';

const scenario = loadScenario(new URL('in-use.yaml', import.meta.url).pathname);

/** The Region that has everything. */
export const busy = 'eu-west-1';

/** How a run ended in which one operation failed in one way whenever it was called. */
export interface Played {
  readonly run: SimulatedRun;
  /** Faults of the spoiled operation, as the run understood them. */
  readonly kinds: readonly string[];
  /** What was done wrong; empty as it must be. */
  readonly sins: readonly string[];
}

/** Removes the role while an operation fails in one way, always. Everything else works. */
export async function play(model: OperationModel, {fault, kind}: FaultClass): Promise<Played> {
  const regional = model.service === 'imagebuilder' ? {region: busy} : {};
  const run = await simulatedRun({
    scenario,
    faults: [{service: model.service as 'iam', operation: model.operation, always: true, fault, ...regional}],
    inputs: [
      'pollSeconds=5',
      'retryWaitSeconds=30',
      `pipelines=${model.operation === 'DeleteImagePipeline' ? 'delete' : 'manual'}`,
    ],
    // Short where the limit is to be met, and long enough for a busy machine where it is not.
    connection: {answerTimeoutMs: kind === 'timeout' ? 60 : 10_000},
  });
  const kinds = new Set(failures(run.events, model.name).map(({fault: {kind}}) => kind));
  return {run, kinds: [...kinds].toSorted(), sins: sinsOf(run, model)};
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

/** What must not happen, whatever fails. */
function sinsOf(run: SimulatedRun, model: OperationModel): readonly string[] {
  const sins: string[] = [];
  const look = model.effect === 'read' && model.service === 'imagebuilder' && model.pages !== undefined;
  const lane = run.state.lanes[busy];
  if (lane === undefined) sins.push('the run never started');
  if (look && lane !== undefined && truthOf(run.state, lane) === 'clear')
    sins.push('a blind spot reads as clear');
  const deletions = run.requests.filter(({operation}) => operation === 'DeleteServiceLinkedRole');
  if (look && deletions.length > 0) sins.push('the deletion was asked for in spite of a blind spot');
  const stillScheduled = Object.values(run.after.regions[busy]?.pipelines ?? {}).some(
    ({members}) => members.schedule !== undefined,
  );
  const stillRunning = Object.values(run.after.regions[busy]?.builds ?? {}).some(({status}) =>
    /ING$/.test(status),
  );
  if (run.exitCode === 0 && (stillScheduled || stillRunning || run.after.role !== null)) {
    sins.push('success was claimed, but something is left');
  }
  return [...sins, ...unasked(run), ...lostMembers(run, model.operation === 'DeleteImagePipeline')];
}

/** Changes that the simulator was asked for and the operator was not. */
function unasked({events, requests}: SimulatedRun): readonly string[] {
  const agreed = new Set(
    events.flatMap((event) =>
      event.type === 'asked' ? event.question.changes.map(({operation}) => operation.split(':')[1]) : [],
    ),
  );
  return requests
    .filter(({operation}) => /^(Cancel|Update|Delete|Create|Start)/.test(operation))
    .filter(({operation}) => !agreed.has(operation))
    .map(({operation}) => `${operation} was sent without consent`);
}

/** Pipelines that lost more than their schedule. */
function lostMembers({before, after}: SimulatedRun, deletes: boolean): readonly string[] {
  return Object.entries(before.regions).flatMap(([region, {pipelines}]) =>
    Object.entries(pipelines).flatMap(([arn, {members}]) => {
      const {schedule: _was, ...rest} = members;
      const kept = after.regions[region]?.pipelines[arn]?.members;
      if (kept === undefined && deletes) return [];
      const {schedule: _is, ...now} = kept ?? {};
      return JSON.stringify(rest) === JSON.stringify(now) ? [] : [`${arn} lost members`];
    }),
  );
}
