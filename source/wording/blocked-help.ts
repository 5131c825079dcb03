import {byId} from '../data/by-id.ts';
import type {Fault} from '../engine/model/fault.ts';
import {oncePer} from '../engine/persistent/memoize.ts';
import {heldUntil} from '../engine/queries/held-until.ts';
import {nextStep} from '../engine/queries/progress.ts';
import type {Lane, RunState} from '../engine/model/state.ts';
import {stoppedLanes} from '../engine/queries/stopped-lanes.ts';
import {truthOf, unknownRegions} from '../engine/queries/region-truth.ts';
import {timeOfDay} from '../text/time.ts';
import {wrap} from '../text/width.ts';
import {span, type Line, type Tone} from '../text/line.ts';
import {byHand} from './by-hand.ts';
import {count, faultText, isCutOff, shortFaultText} from './fault-text.ts';

/** The Regions that could be waived. */
export const waivableRegions = oncePer((state: RunState): readonly string[] =>
  unknownRegions(state).flatMap(({region}) => region ?? []),
);

/** Returns true if the run waits for the operator to deal with a failure. */
export const isStuck = oncePer((state: RunState): boolean => {
  if (state.started === undefined || state.ended !== undefined || state.interrupted !== undefined)
    return false;
  if (state.question !== undefined || state.paused !== undefined || state.calls.length > 0) return false;
  if (heldUntil(state, state.now) !== undefined) return false;
  const idle = [state.account, ...state.lanes].every(
    (lane) =>
      lane.fault !== undefined ||
      lane.waived !== undefined ||
      (lane.current === undefined && nextStep(state, lane) === undefined),
  );
  return idle && stoppedLanes(state).length > 0;
});

/**
 * Explains why the run stands still and how the operator can continue, in lines of at most `columns`. Undefined while
 * it makes progress.
 */
export function standstill(state: RunState, columns: number): readonly Line[] | undefined {
  if (state.ended !== undefined || state.interrupted !== undefined) return undefined;
  if (state.paused !== undefined) return pausedLines(state, state.paused, columns);
  return isStuck(state) ? stuckLines(state, columns) : undefined;
}

function pausedLines(
  state: RunState,
  {why, fault, at}: NonNullable<RunState['paused']>,
  columns: number,
): readonly Line[] {
  const calls = state.calls.length;
  const underWay =
    calls === 0 ? 'Nothing is under way.' : `${count(calls, 'call')} under way will still end.`;
  const nothingNew = `Nothing new starts since ${timeOfDay(at)}. ${underWay}`;
  if (why === 'operator') {
    return [
      [span(' ‖ ', 'warning'), span('Paused. ', 'title'), span('p', 'accent'), span(' goes on.')],
      ...paragraph(nothingNew, columns),
    ];
  }
  return [
    [span(' ‖ ', 'warning'), span('Paused: the credentials are not accepted any more', 'title')],
    ...(fault?.renewable === false
      ? paragraph(`Ctrl-C stops the run. ${freshEnvironment(state.started?.run)}`, columns, 'title')
      : [
          ...paragraph(`In another terminal, ${signIn(state, fault)}`, columns, 'title'),
          ...paragraph(
            'New credentials of the same account are noticed and the run goes on; p tries now.',
            columns,
          ),
        ]),
    ...paragraph(nothingNew, columns),
    ...paragraph(fault === undefined ? '' : faultText(fault), columns, 'quiet'),
  ];
}

/** Returns the remedy for keys of the environment, which no other process can change. */
function freshEnvironment(run = 'latest'): string {
  return `Its keys are those of its environment and cannot change: export new ones, then handrail resume ${run}.`;
}

/** Returns the command to sign in again. The caller's ARN shows roles of IAM Identity Center. */
function signIn({started}: RunState, fault: Fault | undefined): string {
  if (fault?.signIn === true && fault.remedy !== undefined) return fault.remedy;
  return started?.identity.arn.includes('AWSReservedSSO_') === true
    ? 'sign in again: aws sso login (with the --profile that this run was started with)'
    : 'renew the credentials, the way they were made';
}

function stuckLines(state: RunState, columns: number): readonly Line[] {
  const stopped = stoppedLanes(state);
  const account = state.account.fault !== undefined;
  const what = account ? 'A step for the whole account' : count(stopped.length, 'Region');
  const waivable = waivableRegions(state).length > 0;
  const allCutOff = stopped.length > 1 && stopped.every(({fault}) => fault !== undefined && isCutOff(fault));
  // Short where there are several: each has a line below, and all have to fit.
  const again =
    stopped.length === 1
      ? 'The run waits; nothing is lost. r tries it again'
      : 'The run waits. r tries the chosen one again, R all';
  return [
    [span(' ! ', 'bad'), span(`${what} cannot go on without you`, 'title')],
    ...paragraph(`${again}${waivable ? ', w goes on without one' : ''}.`, columns),
    ...paragraph(notWaivable(state, stopped), columns),
    ...(allCutOff ? cutOffLines(stopped, columns) : []),
    // A single reason is shown whole. Several get a line each, with more in the opened Region.
    ...(allCutOff ? [] : stopped).flatMap((lane) =>
      whereLines(state, lane, columns).slice(0, stopped.length > 1 ? 1 : undefined),
    ),
    ...byHandLines(state.account, columns),
  ];
}

/** Several places that cannot be reached have one cause, and it is here. */
function cutOffLines(stopped: readonly Lane[], columns: number): readonly Line[] {
  const message = stopped[0]?.fault?.message ?? '';
  return paragraph(
    `This host reaches none of them: ${message}. Check its network and its proxy, then R tries them all again.`,
    columns,
  );
}

/** Explains why some of the blocking Regions cannot be waived: they are known to be in use. */
function notWaivable(state: RunState, stopped: readonly Lane[]): string {
  const inUse = stopped.filter((lane) => lane.region !== undefined && truthOf(state, lane) === 'in-use');
  if (inUse.length === 0) return '';
  const names = inUse.map(({region}) => region).join(', ');
  return `${names}: known to be in use, cannot be waived. End the use, then press r.`;
}

/** The command of a change for the whole account that AWS refused. Those of a Region are in the opened Region. */
function byHandLines(account: Lane, columns: number): readonly Line[] {
  const [command] = byHand(account);
  return command === undefined ? [] : paragraph(`By hand: ${command}`, columns);
}

function whereLines(state: RunState, lane: Lane, columns: number): readonly Line[] {
  const step = byId(state.steps, lane.faultStep)?.title ?? '';
  const fault = lane.fault === undefined ? '' : shortFaultText(lane.fault);
  return paragraph(`${lane.region ?? 'The account'}: ${step}: ${fault}`, columns);
}

function paragraph(text: string, columns: number, tone?: Tone): readonly Line[] {
  if (text === '') return [];
  return wrap(text, columns - 4).map((part): Line => [span('   '), span(part, tone)]);
}
