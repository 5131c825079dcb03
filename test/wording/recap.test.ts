import {expect, test} from 'vitest';
import type {StepOutline} from '../../source/engine/model/events.ts';
import {recap} from '../../source/wording/decision/recap.ts';
import {
  buildArn,
  denied,
  looked,
  pipelineArn,
  Play,
  regions,
  steps,
  typedQuestion,
} from '../ui/run-fixture.ts';
import {stuck} from '../ui/stopped-fixture.ts';

process.env['TZ'] = 'UTC';

function texts(play: Play, step = 'approve'): readonly string[] {
  const {state} = play;
  return recap(state, step, typedQuestion.changes).map(({sign, text}) => `${sign.glyph} ${text}`);
}

const back: Readonly<Record<string, boolean>> = {cancel: false, schedules: true, delete: true};
const outlines: readonly StepOutline[] = steps.map((step) =>
  back[step.id] === undefined ? step : {...step, wayBack: back[step.id] ?? false},
);

function live(): Play {
  return new Play().begin({live: true, steps: outlines, disabled: ['me-south-2']});
}

test('says what was done, by step, and what undo takes back of that and of what is asked', () => {
  const play = live();
  const region = 'eu-west-1';
  play.calls(
    6,
    {step: 'cancel', region},
    buildArn(region, 'a'),
    'imagebuilder:CancelImageCreation',
    {ok: true},
    'change',
  );
  play.calls(
    6,
    {step: 'schedules', region},
    pipelineArn(region, 'b'),
    'imagebuilder:UpdateImagePipeline',
    {ok: true},
    'change',
  );
  expect(texts(play)).toEqual(
    expect.arrayContaining([
      '✓ Done so far: Cancel running builds 1, Set schedules to manual 1',
      '· handrail undo takes back: Set schedules to manual 1, Delete the role 1. Not: Cancel running builds 1',
      '– me-south-2 is disabled for this account: not checked; it keeps its resources',
    ]),
  );
});

test('promises nothing of an undo that older journals say nothing of', () => {
  expect(texts(looked()).join('\n')).not.toContain('undo');
});

test('names who waived a Region, when, and why; a waived Region is no clear one', () => {
  const play = stuck().at(9, {type: 'waived', region: 'me-central-1', by: 'ops/kim'});
  expect(texts(play)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^\? me-central-1: waived by ops\/kim at 12:00:09: denied by an SCP: /),
      expect.stringMatching(/^\? Regions: 28 clear, 5 in use, 1 unknown/),
    ]),
  );
});

test('names a check that this host could not make, and one that was caught, by its Regions', () => {
  const play = live();
  for (const region of regions) {
    play.at(2, {type: 'step-skipped', step: 'builds', region, why: '@aws-sdk/client-x is not installed'});
    play.at(2, {type: 'step-skipped', step: 'pipelines', region, why: 'its condition does not hold'});
  }
  play.at(3, {type: 'step-skipped', step: 'quiet', region: 'eu-west-1', why: 'no', unlooked: denied});
  const said = texts(play);
  expect(said).toContain(
    '? Not checked: Verify no image builds are running (@aws-sdk/client-x is not installed)',
  );
  expect(said).toContainEqual(expect.stringMatching(/^\? Not checked in eu-west-1: denied by an SCP: /));
  expect(said.join('\n')).not.toContain('condition');
});

test('says why it asks again after AWS refused', () => {
  const fault = {kind: 'waiter', name: 'WaiterFailed', message: 'the role is still in use'} as const;
  const play = looked().at(
    30,
    {type: 'step-started', step: 'deleted', items: [{key: '', value: null}]},
    {type: 'item-failed', step: 'deleted', item: '', fault},
    {
      type: 'went-back',
      step: 'deleted',
      to: 'builds',
      visit: 1,
      maxVisits: 5,
      resumeAt: 0,
      fault,
      usage: [],
    },
  );
  expect(texts(play)).toContain('! You are asked again: the wait failed: the role is still in use');
});
