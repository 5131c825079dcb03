import {expect, test} from 'vitest';
import type {Event, StepOutline} from '../../source/engine/model/events.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {asked, detoured, Play, steps, typedQuestion} from '../ui/run-fixture.ts';

function texts(events: readonly Event[], outlines: readonly StepOutline[] = steps): readonly string[] {
  const narrate = createNarrator();
  return events.flatMap((event) => narrate(event, outlines)).map(({text}) => text);
}

test('a plan asks nobody, and does not say that it did', () => {
  const {events} = asked();
  const planned = events.map((event): Event =>
    event.type === 'run-started' ? {...event, mode: 'plan'} : event,
  );
  expect(texts(events)).toContain('asked for a decision on 18 changes');
  expect(texts(planned).filter((text) => text.includes('decision'))).toEqual([
    'a run would ask for a decision on 18 changes',
  ]);
});

test('a change that AWS makes later was accepted, and is not called made', () => {
  const detail = 'RoleName AWSServiceRoleForImageBuilder';
  const target = typedQuestion.changes[0]?.target ?? '';
  const changes = typedQuestion.changes.map((change) => ({...change, detail}));
  const play = new Play()
    .begin()
    .at(
      5,
      {type: 'asked', question: {...typedQuestion, changes}},
      {type: 'item-done', step: 'delete', item: target, output: null},
    );
  const atOnce = steps.map((step): StepOutline => {
    const {outcome: _, ...rest} = step;
    return rest;
  });
  expect(texts(play.events, atOnce).at(-1)).toContain(detail);
  expect(texts(play.events).at(-1)).toBe('AWSServiceRoleForImageBuilder: accepted');
});

test('a reason that is a sentence ends where the news goes on', () => {
  const {events} = detoured();
  const sentence = events.map((event): Event =>
    event.type === 'went-back'
      ? {...event, fault: {...event.fault, message: 'It is required by these resources.'}}
      : event,
  );
  expect(texts(sentence).at(-1)).toMatch(
    /^the wait failed: It is required by these resources; going back to /,
  );
});
