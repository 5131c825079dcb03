import type {Lane, RunState} from '../engine/state.ts';
import {nextStep} from '../engine/position.ts';
import {unknownRegions} from '../engine/truth.ts';
import {timeOfDay} from '../text/time.ts';
import {span, type Line} from './line.ts';
import {oncePer} from './once-per.ts';
import {signs} from './signs.ts';
import {count, faultText} from './words.ts';

/** The lanes that something stopped and nobody waived: the account's first. */
export function stoppedLanes(state: RunState): readonly Lane[] {
  return [state.account, ...Object.values(state.lanes)].filter(
    (lane) => lane.fault !== undefined && lane.waived === undefined,
  );
}

/** Whether nothing goes on until the operator does something about what failed. */
export const isStuck = oncePer((state: RunState): boolean => {
  if (state.started === undefined || state.ended !== undefined || state.interrupted !== undefined)
    return false;
  if (state.question !== undefined || state.paused !== undefined || Object.keys(state.calls).length > 0)
    return false;
  if (state.detour !== undefined && state.detour.resumeAt > state.now) return false;
  const idle = [state.account, ...Object.values(state.lanes)].every(
    (lane) =>
      lane.fault !== undefined ||
      lane.waived !== undefined ||
      (lane.current === undefined && nextStep(state, lane) === undefined),
  );
  return idle && stoppedLanes(state).length > 0;
});

/** Why the run stands still and what the operator can do, in lines; undefined while it goes on by itself. */
export function standstill(state: RunState): readonly Line[] | undefined {
  if (state.ended !== undefined || state.interrupted !== undefined) return undefined;
  if (state.paused !== undefined) return pausedLines(state, state.paused);
  return isStuck(state) ? stuckLines(state) : undefined;
}

function pausedLines(state: RunState, {why, fault, at}: NonNullable<RunState['paused']>): readonly Line[] {
  const calls = Object.keys(state.calls).length;
  const underWay =
    calls === 0 ? 'Nothing is under way.' : `${count(calls, 'call')} under way will still end.`;
  const since = ` since ${timeOfDay(at)}. `;
  if (why === 'operator') {
    return [
      [span(' ‖ ', 'warning'), span('Paused', 'title'), span(`${since}Nothing new starts. ${underWay}`)],
      keys([
        ['p', 'goes on'],
        ['q', 'leaves; the run can be resumed'],
      ]),
    ];
  }
  return [
    [
      span(' ‖ ', 'warning'),
      span('The credentials are not accepted any more', 'title'),
      span(`: paused${since}${underWay}`),
    ],
    ...(fault === undefined ? [] : [[span(`   ${faultText(fault)}`, 'quiet')] as Line]),
    [span('   In another terminal, '), span(signIn(state, fault?.remedy), 'title')],
    [
      span(
        '   The run notices new credentials of the same account by itself and goes on. No Region counts as failed.',
      ),
    ],
    keys([
      ['p', 'tries them now'],
      ['q', 'leaves; the run can be resumed'],
    ]),
  ];
}

/** What to type to sign in again. Roles of IAM Identity Center say so in the caller's ARN. */
function signIn({started}: RunState, remedy: string | undefined): string {
  if (remedy !== undefined && /`?aws /.test(remedy)) return remedy;
  const sso = started?.identity.arn.includes('AWSReservedSSO_') === true;
  return sso
    ? 'sign in again: aws sso login (with --profile NAME, as this run was started)'
    : 'renew the credentials the way they were made';
}

function stuckLines(state: RunState): readonly Line[] {
  const stopped = stoppedLanes(state);
  const unknown = unknownRegions(state).length;
  const where = stopped.map((lane) => whereText(state, lane));
  const what = state.account.fault === undefined ? count(stopped.length, 'Region') : 'A step of the account';
  return [
    [
      span(' ! ', 'bad'),
      span(`${what} cannot go on without you`, 'title'),
      span('. The run waits; nothing is lost.'),
    ],
    keys([
      ['r', stopped.length === 1 ? 'tries again' : 'tries the chosen one again, R all'],
      ...(unknown > 0 ? ([['w', 'goes on without it, by typing its name']] as const) : []),
      ['q', 'leaves; the run can be resumed'],
    ]),
    ...where,
  ];
}

function whereText(state: RunState, lane: Lane): Line {
  const step = state.steps.find(({id}) => id === lane.faultStep)?.title ?? '';
  const fault = lane.fault === undefined ? '' : faultText(lane.fault);
  const sign = lane.region === undefined ? signs.trouble : signs.unknown;
  return [
    span(`   ${sign.glyph} `, sign.tone),
    span(`${lane.region ?? 'account'}  `, 'title'),
    span(`${step}: ${fault}`),
  ];
}

function keys(pairs: readonly (readonly [string, string])[]): Line {
  return pairs.flatMap(([key, text], index) => [
    span(index === 0 ? '   ' : '   '),
    span(key, 'accent'),
    span(` ${text}`),
  ]);
}
