import {afterEach, expect, test} from 'vitest';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import {unattended} from '../../source/ui/terminal/bell.ts';
import type {View} from '../../source/ui/view.ts';
import {frame, ManualClock} from './manual-clock.ts';
import {done, looked, Play, start, typedQuestion} from './run-fixture.ts';
import {stuck} from './stopped-fixture.ts';
import {keys, Terminal} from './terminal.ts';

let terminal: Terminal;
let view: View;
let clock: ManualClock;

async function open(env: {readonly [name: string]: string} = {}): Promise<void> {
  terminal = new Terminal(80, 24);
  clock = new ManualClock(frame);
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock,
    onInterrupt: () => {},
    now: () => start + 40_000,
    env: {LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env},
  });
  view.steering?.(() => {});
  const {state, events} = looked();
  view.publish(state, events);
  await terminal.shows('BUILDS');
}

afterEach(async () => {
  await view.close({state: new Play().begin().state});
});

function ask(message: string = typedQuestion.message): void {
  void view.ask({...typedQuestion, message}, new AbortController().signal);
}

/** What was written to call the operator: the bell, and the texts of notifications. */
function calls(): {readonly bells: number; readonly texts: readonly string[]} {
  const {written} = terminal.display;
  // oxlint-disable-next-line no-control-regex
  const texts = [...written.matchAll(/\u001B\]9;([^\u0007]*)\u0007/g)].map(([, text = '']) => text);
  return {bells: written.split('\u0007').length - 1 - texts.length, texts};
}

test('a decision rings once, and notifies, when no key was pressed for a while', async () => {
  await open();
  clock.pass(unattended);
  ask();
  await terminal.shows('Approve the deletion');
  clock.pass(60_000);
  await terminal.atRest();
  expect(calls()).toEqual({
    bells: 1,
    texts: [expect.stringMatching(/^Handrail: a decision waits: Delete AWSServiceRoleForImageBuilder/)],
  });
});

test('one that comes up before an operator who has just pressed a key is silent', async () => {
  await open();
  clock.pass(unattended);
  terminal.press(keys.down);
  await terminal.shows('▸');
  ask();
  await terminal.shows('A decision waits');
  expect(calls()).toEqual({bells: 0, texts: []});
});

test('the end of the run rings, and says how it ended', async () => {
  await open();
  clock.pass(unattended);
  const {state, events} = done();
  view.publish(state, events);
  void view.close({state});
  await terminal.shows('✓ Done');
  expect(calls()).toEqual({bells: 1, texts: ['Handrail: ✓ Done: the role is gone']});
});

test('a run that stands still rings once, not at each event', async () => {
  await open();
  clock.pass(unattended);
  const {state, events} = stuck();
  for (let times = 0; times < 3; times += 1) view.publish(state, events);
  await terminal.shows('cannot go on without you');
  expect(calls()).toEqual({bells: 1, texts: ['Handrail: the run cannot go on without you']});
});

test.each([
  [{HANDRAIL_BELL: 'off'}, 0, 0],
  [{TERM: 'linux'}, 1, 0],
  [{TERM: 'vt100'}, 1, 0],
] as const)('with %j', async (env, bells, notifications) => {
  await open(env);
  clock.pass(unattended);
  ask();
  await terminal.shows('Approve the deletion');
  expect(calls().bells).toBe(bells);
  expect(calls().texts).toHaveLength(notifications);
});

test('a text of the world ends no notification and starts no other', async () => {
  await open();
  clock.pass(unattended);
  ask('one\u0007\u001B]0;owned\u0007two\u001B\\three\u009Cfour\nfive');
  await terminal.shows('Approve the deletion');
  const {bells, texts} = calls();
  expect(bells).toBe(1);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatch(/^Handrail: a decision waits: one.*two.*three.*four five$/);
  expect(terminal.display.written).not.toContain('\u001B]0');
});

test('in a C locale it is ASCII', async () => {
  await open({LANG: 'C'});
  clock.pass(unattended);
  ask('Größe – “x”?');
  await terminal.shows('Approve the deletion');
  expect(calls().texts[0]).toMatch(/^[ -~]*$/);
});
