import {describe, expect, test} from 'vitest';
import type {Question} from '../../source/engine/model/events.ts';
import type {Action} from '../../source/ui/keyboard/bindings.ts';
import {insert, noReply, press, type Reply} from '../../source/ui/question/reply.ts';
import {typedQuestion} from './run-fixture.ts';

const plain: Question = {kind: 'confirm', step: 'agree', message: 'Go ahead?', changes: []};

/** Presses keys in turn: an action's name in angle brackets, anything else as text. */
function reply(question: Question, ...keys: readonly string[]): ReturnType<typeof press> {
  let now: Reply = noReply;
  for (const key of keys) {
    const action = /^<(.*)>$/.exec(key)?.[1] as Action | undefined;
    const outcome = press(question, now, action, action === undefined ? key : '');
    if ('answer' in outcome) return outcome;
    now = outcome;
  }
  return now;
}

describe('a reply', () => {
  test('is nothing while only Enter is pressed', () => {
    expect(reply(plain, '<submit>', '<submit>')).toMatchObject({hint: 'Enter alone does nothing.'});
    expect(reply(typedQuestion, '<submit>')).not.toHaveProperty('answer');
  });

  test('needs Enter after the y', () => {
    expect(reply(plain, 'y')).not.toHaveProperty('answer');
    expect(reply(plain, 'y', '<submit>')).toEqual({answer: {accepted: true, by: 'terminal'}});
  });

  test('declines with n and Enter', () => {
    expect(reply(plain, 'n', '<submit>')).toEqual({answer: {accepted: false, by: 'terminal'}});
  });

  test('takes nothing but the exact text where one is wanted', () => {
    expect(reply(typedQuestion, 'y', '<submit>')).not.toHaveProperty('answer');
    expect(reply(typedQuestion, 'awsserviceroleforimagebuilder', '<submit>')).not.toHaveProperty('answer');
    expect(reply(typedQuestion, 'AWSServiceRoleForImageBuilder ', '<submit>')).not.toHaveProperty('answer');
    expect(reply(typedQuestion, 'AWSServiceRoleForImageBuilder', '<submit>')).toEqual({
      answer: {accepted: true, by: 'terminal', typed: 'AWSServiceRoleForImageBuilder'},
    });
  });

  test('takes back a character, or all of them', () => {
    expect(reply(plain, 'n', '<erase>', 'y', '<submit>')).toMatchObject({answer: {accepted: true}});
    expect(reply(plain, 'n', 'o', '<clear>')).toEqual(noReply);
  });

  test('declines after Esc only with one more key, and goes back with any other', () => {
    expect(reply(plain, '<back>')).toMatchObject({leaving: true});
    expect(reply(plain, '<back>', '<submit>')).toEqual({answer: {accepted: false, by: 'terminal'}});
    expect(reply(plain, 'y', '<back>', 'x')).toEqual({typed: 'y', leaving: false});
    expect(reply(plain, '<back>', '<back>')).toEqual(noReply);
  });

  test.each(['AWSServiceRoleForImageBuilder\r', 'y\n', 'a\u001B[31m', 'a\u200Bb', 'a\u202Eb', '\u0000'])(
    'refuses a paste with control characters: %j',
    (text) => {
      expect(insert(noReply, text)).toMatchObject({typed: '', hint: expect.stringContaining('Refused')});
    },
  );

  test('takes a clean paste, and still wants Enter', () => {
    expect(insert(noReply, 'AWSServiceRoleForImageBuilder')).toEqual({
      typed: 'AWSServiceRoleForImageBuilder',
      leaving: false,
    });
  });
});
