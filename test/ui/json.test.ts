import {expect, test} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {initialState} from '../../source/engine/evolve/evolve.ts';
import {createJson} from '../../source/ui/plain/json-view.ts';
import {looked, start} from './run-fixture.ts';

test('every event is one line of JSON, and the last line names the journal', async () => {
  let written = '';
  const view = createJson({write: (text) => (written += text)});
  const {state, events} = looked();
  view.publish(state, events);
  await view.close({state, journal: '/run.jsonl', head: 'ab12'});
  const values = written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(values.slice(0, -1)).toEqual(events);
  expect(values.at(-1)).toEqual({
    type: 'closed',
    journal: '/run.jsonl',
    head: 'ab12',
    error: null,
    next: null,
  });
});

test('what a terminal could act upon is escaped, and reads back the same', () => {
  let written = '';
  const event: Event = {
    type: 'run-ended',
    status: 'failed',
    message: 'a\u009B31m\u202Eb\u2028\u{E0041}',
    at: start,
  };
  createJson({write: (text) => (written += text)}).publish(initialState, [event]);
  expect(written.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  expect(JSON.parse(written)).toEqual(event);
});
