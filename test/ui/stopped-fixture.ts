import {denied, looked, type Play} from './run-fixture.ts';

/** One Region (or some) could not be looked at, the others are done with all there is to do before the first decision. */
export function stuck(blocked: readonly string[] = ['me-central-1']): Play {
  const play = looked(blocked)
    .at(5, {type: 'answered', step: 'agree', accepted: true, by: 'terminal'})
    .step(5, 'agree');
  for (const region of play.state.lanes.regions()) {
    if (blocked.includes(region)) continue;
    for (const step of ['cancel', 'schedules', 'quiet']) {
      play.at(6, {type: 'step-skipped', step, region, why: 'nothing to do'});
    }
  }
  return play;
}

/** Two Regions stand still. */
export function stuckTwice(): Play {
  const region = 'sa-east-1';
  return stuck().at(
    7,
    {type: 'step-started', step: 'quiet', region, items: [{key: '', value: null}]},
    {type: 'step-failed', step: 'quiet', region, fault: {...denied, message: 'not authorized'}},
  );
}

/** The operator has paused the run. */
export function paused(play: Play): Play {
  return play.at(8, {type: 'paused', why: 'operator'});
}

/** The credentials have expired. */
export function expired(play: Play): Play {
  return play.at(8, {
    type: 'paused',
    why: 'credentials',
    fault: {
      kind: 'credentials',
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
      status: 403,
      remedy: 'sign in again: aws sso login --profile prod',
      signIn: true,
    },
  });
}
