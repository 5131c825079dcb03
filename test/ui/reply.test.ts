import {describe, expect, test} from 'vitest';
import type {Question} from '../../source/engine/model/events.ts';
import {
  insert,
  insertPaste,
  noReply,
  press,
  type Reply,
  type ReplyKey,
} from '../../source/ui/question/reply.ts';
import {typedQuestion} from './run-fixture.ts';

const plain: Question = {kind: 'confirm', step: 'agree', message: 'Go ahead?', changes: []};

/** Presses keys in turn: an action's name in angle brackets, anything else as text. */
function reply(question: Question, ...keys: readonly string[]): ReturnType<typeof press> {
  let now: Reply = noReply;
  for (const key of keys) {
    const action = /^<(.*)>$/.exec(key)?.[1] as ReplyKey | undefined;
    const outcome = action === undefined ? insert(now, key) : press(question, now, action);
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

  test.each(['y\ny', 'a\rb', 'a\u001B[31m', 'a\u200Bb', 'a\u202Eb', '\u0000'])(
    'refuses a paste with control characters, and keeps nothing: %j',
    (text) => {
      expect(insertPaste({typed: 'AWSService', leaving: false}, text)).toMatchObject({
        typed: '',
        hint: expect.stringContaining('Refused') as string,
      });
    },
  );

  test.each(['\r', '\n', '\r\n', '\n\n'])('takes a paste without the line break at its end: %j', (end) => {
    const pasted = insertPaste(noReply, `AWSServiceRoleForImageBuilder${end}`);
    expect(pasted).toMatchObject({typed: 'AWSServiceRoleForImageBuilder'});
    expect(pasted).not.toHaveProperty('answer');
    expect(insertPaste({typed: 'y', leaving: true}, `y${end}`)).toEqual({typed: 'y', leaving: false});
  });

  test('declines at once with Esc and Enter in one', () => {
    expect(reply(typedQuestion, 'AWSServiceRoleForImageBuilder', '<decline>')).toEqual({
      answer: {accepted: false, by: 'terminal'},
    });
  });

  test('takes back a word', () => {
    expect(reply(plain, 'one two', '<erase-word>')).toEqual({typed: 'one ', leaving: false});
  });

  test('takes a clean paste, and still wants Enter', () => {
    expect(insert(noReply, 'AWSServiceRoleForImageBuilder')).toEqual({
      typed: 'AWSServiceRoleForImageBuilder',
      leaving: false,
    });
  });
});
