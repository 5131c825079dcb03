import type {Fault} from '../../source/engine/model/fault.ts';
import {asked, buildArn, pipelineArn, type Play, regions, start, typedQuestion} from './run-fixture.ts';

/** Every build is asked to end and every schedule is removed; the builds have not ended yet. */
function cancelled(): Play {
  const play = asked()
    .at(5, {type: 'answered', step: 'agree', accepted: true, by: 'ops/kim'})
    .step(5, 'agree');
  for (const region of regions) {
    change(play, region, 'cancel', 'imagebuilder:CancelImageCreation', buildsOf(play, region));
  }
  for (const region of regions) {
    change(play, region, 'schedules', 'imagebuilder:UpdateImagePipeline', schedulesOf(play, region));
  }
  return play;
}

function buildsOf(play: Play, region: string): readonly string[] {
  const number = play.state.lanes.get(region)?.cells['Builds']?.inUse ?? 0;
  return Array.from({length: number}, (_, index) => buildArn(region, `base-${index}`));
}

function schedulesOf(play: Play, region: string): readonly string[] {
  const number = play.state.lanes.get(region)?.cells['Schedules']?.inUse ?? 0;
  return Array.from({length: number}, (_, index) => pipelineArn(region, `web-nightly-${index}`));
}

function change(
  play: Play,
  region: string,
  step: string,
  operation: string,
  targets: readonly string[],
): void {
  if (targets.length === 0) {
    play.at(6, {type: 'step-skipped', step, region, why: 'nothing to do'});
    return;
  }
  const place = {step, region};
  const count = targets.length;
  play.at(6, {type: 'step-started', ...place, items: targets.map((key) => ({key, value: null}))});
  for (const key of targets) {
    play.calls(7, place, key, operation, {ok: true}, 'change');
    play.at(7, {type: 'item-done', ...place, item: key, output: null});
  }
  const left = step === 'cancel' ? {summary: `${count} cancelling`} : {summary: `${count} removed`, inUse: 0};
  play.at(7, {type: 'step-succeeded', ...place, output: targets.map(() => null), count, ...left});
}

/** AWS has taken every cancel; in four Regions the builds still end. */
export function ending(): Play {
  const play = cancelled();
  for (const region of regions) {
    const number = buildsOf(play, region).length;
    const place = {step: 'quiet', region};
    play.at(8, {
      type: 'step-started',
      ...place,
      items: [{key: '', value: null}],
      deadline: start + 3_608_000,
    });
    if (number === 0)
      play.at(9, {type: 'step-succeeded', ...place, output: null, summary: '0 running', inUse: 0});
    else play.calls(40, place, '', 'imagebuilder:ListImages', {ok: true, nextPollAt: start + 55_000});
  }
  return play;
}

/** Every build has ended, and the deletion is to be decided. */
export function ended(): Play {
  const play = ending();
  for (const region of regions) {
    const number = buildsOf(play, region).length;
    if (number === 0) continue;
    const place = {step: 'quiet', region};
    play.calls(55, place, '', 'imagebuilder:ListImages', {ok: true});
    play.at(55, {type: 'item-done', ...place, item: '', output: null});
    play.at(55, {
      type: 'step-succeeded',
      ...place,
      output: null,
      summary: `${number} cancelled`,
      count: number,
      inUse: 0,
    });
  }
  return play.at(56, {type: 'asked', question: typedQuestion});
}

/** The deletion is under way, and polled. */
export function deleting(play = ended(), seconds = 70): Play {
  const task = {step: 'deleted'};
  const name = typedQuestion.typeToConfirm;
  return play
    .at(seconds, {type: 'answered', step: 'approve', accepted: true, by: 'ops/kim', typed: name})
    .step(seconds, 'approve')
    .at(seconds, {type: 'step-started', step: 'delete', items: [{key: '', value: null}]})
    .calls(seconds, {step: 'delete'}, '', 'iam:DeleteServiceLinkedRole', {ok: true}, 'change')
    .at(seconds, {type: 'item-done', step: 'delete', item: '', output: null})
    .at(seconds, {type: 'step-succeeded', step: 'delete', output: null})
    .at(seconds, {type: 'step-started', ...task, items: [{key: '', value: null}]})
    .calls(seconds + 1, task, '', 'iam:GetServiceLinkedRoleDeletionStatus', {
      ok: true,
      nextPollAt: start + (seconds + 10) * 1000,
    });
}

/** AWS refused the deletion: a build was begun in the meantime. The run waits before it goes back. */
export function refused(): Play {
  const usage = [
    {region: 'eu-west-1', resource: buildArn('eu-west-1', 'web'), reportedRegion: 'us-east-1'},
    {region: 'eu-north-1', resource: pipelineArn('eu-north-1', 'db-weekly')},
  ];
  const fault: Fault = {
    kind: 'waiter',
    name: 'WaiterFailed',
    message: 'the role is still in use by 2 resources',
  };
  return deleting().at(
    80,
    {type: 'item-failed', step: 'deleted', item: '', fault, usage},
    {
      type: 'went-back',
      step: 'deleted',
      to: 'builds',
      visit: 1,
      maxVisits: 5,
      resumeAt: start + 260_000,
      fault,
      usage,
    },
  );
}

/** The second decision, after everything was looked at again and nothing was found in use. */
export function askedAgain(): Play {
  const play = refused();
  for (const region of regions) {
    play.step(261, 'builds', region, {summary: '0 running', inUse: 0});
    play.step(262, 'pipelines', region, {summary: '0 scheduled', inUse: 0});
  }
  play.step(263, 'agree');
  for (const region of regions) {
    for (const step of ['cancel', 'schedules']) {
      play.at(263, {type: 'step-skipped', step, region, why: 'nothing to do'});
    }
    play.step(264, 'quiet', region, {summary: '0 running', inUse: 0});
  }
  return play.at(265, {type: 'asked', question: typedQuestion});
}

/** The role is gone. */
export function gone(): Play {
  return deleting()
    .at(94, {type: 'item-done', step: 'deleted', item: '', output: null})
    .at(94, {type: 'step-succeeded', step: 'deleted', output: null, summary: 'the role is gone'})
    .at(94, {type: 'run-ended', status: 'done', message: 'the role is gone'});
}

/** The operator has stopped while the builds end. */
export function stopped(): Play {
  const play = ending().at(48, {type: 'interrupted', signal: 'q'});
  const {started} = play.state;
  if (started === undefined) throw new Error('the run has not started');
  // A simulation could not be resumed.
  play.state = {...play.state, started: {...started, simulation: false}};
  return play;
}
