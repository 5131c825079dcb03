import {expect, test} from 'vitest';
import {initialState} from '../../source/engine/evolve/evolve.ts';
import {createPlain} from '../../source/ui/plain/plain-view.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {asked, changing, detoured, looked, Play, pipelineArn, regions, start, steps} from './run-fixture.ts';
import {expired, paused, stuck} from './stopped-fixture.ts';

/** The log of a run whose events all came in one batch. */
async function inOneBatch(play: Play): Promise<readonly string[]> {
  let written = '';
  const view = createPlain({write: (text) => (written += text), now: () => start});
  view.publish(play.state, play.events);
  const lines = written.trimEnd().split('\n');
  await view.close({state: initialState});
  return lines;
}

/** Every Region sets its schedules to manual and goes on to the next step before the last one has. */
function schedulesRemoved(): Play {
  const play = asked();
  play.at(5, {type: 'answered', step: 'agree', accepted: true, by: 'terminal'}).step(5, 'agree');
  for (const region of regions) {
    play.at(6, {type: 'step-skipped', step: 'cancel', region, why: 'nothing to do'});
    const number = play.state.lanes.get(region)?.cells['Schedules']?.inUse ?? 0;
    const items = Array.from({length: number}, (_, index) => ({
      key: pipelineArn(region, `web-nightly-${index}`),
      value: null,
    }));
    play.at(6, {type: 'step-started', step: 'schedules', region, items});
    for (const {key} of items)
      play.at(6, {type: 'item-done', step: 'schedules', region, item: key, output: null});
    play.at(6, {
      type: 'step-succeeded',
      step: 'schedules',
      region,
      output: items.map(() => null),
      summary: `${number} set to manual`,
    });
    // The next step already overwrites the grid's column.
    play.step(6, 'quiet', region, {summary: '0 running', inUse: 0});
  }
  return play;
}

test('each line of a batch says what was true at its own moment', async () => {
  const lines = await inOneBatch(schedulesRemoved());
  expect(lines.find((line) => line.includes('set to manual'))).toMatch(
    /✓ 34\/34 Regions: 12 set to manual in 3 \(eu-north-1 5, us-east-1 4, eu-west-1 3\)$/,
  );
  const at = (part: RegExp): number => lines.findIndex((line) => part.test(line));
  expect(at(/builds .*34\/34/)).toBeLessThan(at(/agree .*Go ahead/));
  expect(at(/pipelines .*34\/34/)).toBeLessThan(at(/agree .*Go ahead/));
});

test('a change is told by what it made different', async () => {
  const lines = await inOneBatch(schedulesRemoved());
  expect(lines).toContainEqual(
    expect.stringMatching(/schedules +✓ eu-west-1 +web-nightly-0: schedule cron\(0 3 \* \* \? \*\) removed$/),
  );
});

test('a view that joins on the way begins with what the state is then', async () => {
  let written = '';
  const view = createPlain({write: (text) => (written += text), now: () => start});
  const {state} = looked().at(9, {type: 'resumed', by: 'ops/kim', versions: {}});
  view.publish(state, [
    {type: 'resumed', by: 'ops/kim', versions: {}, lookAgainFrom: 'builds', at: start + 9000},
  ]);
  expect(written).toContain('resumed by ops/kim, checking again from “Verify no image builds are running”');
  await view.close({state: initialState});
});

test('what the operator did is told, each in a line', () => {
  const narrate = createNarrator();
  const plays = [
    paused(changing()),
    expired(changing()),
    stuck()
      .at(9, {type: 'waived', region: 'me-central-1', by: 'kim'})
      .at(10, {type: 'retried', region: 'sa-east-1', by: 'kim'})
      .at(11, {type: 'continued', by: 'new credentials'})
      .at(12, {
        type: 'step-skipped',
        step: 'quiet',
        region: 'eu-west-1',
        why: 'skipped by the operator',
        by: 'kim',
      }),
  ];
  const told = plays.flatMap(({events}) => events.flatMap((event) => narrate(event, steps)));
  const texts = told.map(({region, text}) => [region, text].filter(Boolean).join(' '));
  for (const part of [
    'paused by the operator',
    'paused until credentials are renewed: credentials refused: The security token',
    'me-central-1 waived by kim: the run goes on without knowing it',
    'sa-east-1 tried again by kim',
    'goes on (new credentials)',
    'eu-west-1 Wait until every Region is quiet: skipped, skipped by the operator',
  ]) {
    expect(
      texts.some((text) => text.startsWith(part)),
      part,
    ).toBe(true);
  }
});

test('somebody else’s change that is carried over is told', () => {
  const narrate = createNarrator();
  const item = pipelineArn('eu-west-1', 'web-nightly');
  const play = new Play()
    .begin()
    .calls(6, {step: 'schedules', region: 'eu-west-1'}, item, 'imagebuilder:GetImagePipeline');
  play.at(7, {type: 'call-succeeded', call: 1, ms: 40, changed: ['description']});
  const told = play.events.flatMap((event) => narrate(event, steps));
  expect(told.at(-1)).toMatchObject({weight: 'problem', region: 'eu-west-1'});
  expect(told.at(-1)?.text).toContain('description changed by another client');
});

test('a whole run with a second round is a log of less than 300 lines', async () => {
  const lines = [
    ...(await inOneBatch(schedulesRemoved())),
    ...(await inOneBatch(detoured())),
    ...(await inOneBatch(schedulesRemoved())),
  ];
  expect(lines.length).toBeLessThan(300);
});
