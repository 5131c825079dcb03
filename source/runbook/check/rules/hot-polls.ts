import type {Action} from '../../language/actions/actions.ts';
import type {Seconds} from '../../language/vocabulary.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';

/** Warns of waits that ask too often: at once, or every half second for as long as they last. */
export function hotPollsRule({runbook, places}: CheckContext): readonly Problem[] {
  return runbook.steps.flatMap(({action}, index) => {
    const wait = waitOf(action);
    if (wait === undefined) return [];
    const at = (member: string, message: string): Problem =>
      places.atPath(['steps', index, ...wait.path, member], message);
    const {minDelay, maxDelay} = wait.delays;
    return [
      ...(typeof minDelay === 'number' && minDelay < 0.5
        ? [
            at(
              'minDelay',
              `minDelay is ${minDelay} s, and polls are at least half a second apart: it counts as 0.5`,
            ),
          ]
        : []),
      ...(typeof maxDelay === 'number' && maxDelay < 1
        ? [
            at(
              'maxDelay',
              `maxDelay is ${maxDelay} s: however long it lasts, it asks more than once a second`,
            ),
          ]
        : []),
    ];
  });
}

interface Wait {
  readonly delays: {readonly minDelay: Seconds; readonly maxDelay: Seconds};
  /** Within the step. */
  readonly path: readonly string[];
}

function waitOf(action: Action): Wait | undefined {
  if (action.kind === 'waitUntil') return {delays: action, path: ['waitUntil']};
  if (action.kind !== 'update' || action.waitUntil === undefined) return undefined;
  return {delays: action.waitUntil, path: ['update', 'waitUntil']};
}
