import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {asWrittenToday} from '../../source/journal/older-events.ts';
import type {Event} from '../../source/engine/model/events.ts';

const older = new URL('../fixtures/relapse.jsonl', import.meta.url).pathname;

test('a journal from before questions named their kind is read with the kinds that were meant', () => {
  expect(readFileSync(older, 'utf8')).not.toMatch(/"question":\{[^}]*"kind"/);
  const kinds = readJournal(older).events.flatMap((event) =>
    event.type === 'asked' ? [[event.question.step, event.question.kind]] : [],
  );
  expect(kinds).toEqual([
    ['approve', 'confirm'],
    ['consent', 'type-text'],
    ['approve', 'confirm'],
  ]);
});

test('whether to send a lost call again was told by where it was sent from', () => {
  const resend = {region: 'eu-west-1', item: 'arn'};
  const event = {type: 'asked', at: 1, question: {step: 'create', message: '', changes: [], resend}};
  expect(asWrittenToday(event as unknown as Event)).toMatchObject({question: {kind: 'resend', resend}});
});

test('a question that names its kind keeps it', () => {
  for (const kind of ['code', 'type-text', 'confirm', 'resend'] as const) {
    const event = {type: 'asked', at: 1, question: {kind, step: 'create', message: '', changes: []}};
    expect(asWrittenToday(event as unknown as Event)).toEqual(event);
  }
});
