import {setImmediate as nextTurn} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {oneRegion} from '../resume/one-region.ts';
import {handrail, Pty} from './pty.ts';

const timeout = 600_000;
const role = 'AWSServiceRoleForImageBuilder';

let simulator: Simulator;
let pty: Pty;

beforeEach(async () => {
  simulator = await startSimulator(oneRegion());
  pty = new Pty(80, 24, {
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  });
  await pty.shows('shell> ');
});

afterEach(async () => {
  pty.close();
  await simulator.close();
});

/**
 * Presses what may arrive in several reads: as a slow or a busy link cuts it. No piece is an escape alone: that is a key,
 * where a busy machine lets the next piece come late.
 */
async function pressCut(...pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    pty.press(piece);
    await nextTurn();
  }
}

function changes(): readonly string[] {
  return simulator.requests
    .map(({operation}) => operation)
    .filter((operation) => /^(Delete|Update|Cancel)/.test(operation));
}

const run = `run delete-service-linked-role --input pollSeconds=0.2`;

describe('keys over a real terminal', () => {
  it('are the same keys however the reads cut them, at decisions', {timeout}, async () => {
    pty.press(`clear; ${handrail} ${run}; echo "left with $?"\r`);
    await pty.shows(/y goes ahead[^]* > ▏/);
    // What the terminal says by itself types nothing.
    await pressCut(
      '\u001B[',
      'I',
      '\u001B]11;rgb:00',
      '00/0000/0000\u001B',
      '\\',
      '\u001BP>|XTerm',
      '(378)\u001B\\',
    );
    // Keys in one read are keys, and what was typed wrongly is taken back by one.
    pty.press('no\u0015zz\t');
    await pty.shows('Tab goes to changes, then answer.');
    pty.press('\t');
    await pty.shows('Tab goes to the answer.');
    pty.press('y\r\t');
    await pty.shows('> zz▏');
    await pty.readToEnd();
    expect(changes()).toEqual([]);
    pty.press('\u0015y\r');
    await pty.shows(/Type AWSServiceRoleForImageBuilder[^]* > ▏/);
    await pressCut('\u001B[', 'A', '\u001B[', 'B', '\u001BO', 'A');
    pty.press(`${role} \r`);
    await pty.shows('a space at the end');
    pty.press('\u007F\u0017');
    await pty.shows(' > ▏');
    await pressCut('\u001B[200', `~${role}`, '\n\u001B[20', '1~');
    await pty.shows('The line break at the end was left out');
    expect(pty.text).toContain(`> ${role}▏`);
    expect(simulator.account().role).not.toBeNull();
    pty.press('\n');
    await pty.shows(/^ *Hash +[0-9a-f]{64}/m);
    expect(simulator.account().role).toBeNull();
    pty.press('q');
    await pty.shows('left with 0');
  });

  it('decline by Esc with Enter in the same read, whatever was typed', {timeout}, async () => {
    pty.press(`clear; ${handrail} ${run}; echo "left with $?"\r`);
    await pty.shows(/y goes ahead[^]* > ▏/);
    pty.press('y');
    await pty.shows('> y▏');
    pty.press('\u001B\r');
    await pty.shows('Declined');
    pty.press('q');
    await pty.shows(/left with \d/);
    expect(changes()).toEqual([]);
  });

  it('choose at home, and leave nothing behind that the terminal said', {timeout}, async () => {
    pty.press(`clear; ${handrail}; echo "left with $?"\r`);
    await pty.shows('type to find');
    await pressCut('\u001B]10;rgb:ffff/ffff/ffff\u0007', '\u001B[', 'B', '\u001B[O');
    expect(pty.text).toContain('type to find');
    pty.press('demo');
    await pty.shows('> demo▏');
    pty.press('\u001B\r');
    await pty.shows('type to find');
    expect(pty.text).toContain('Runbooks');
    pty.press('demo\n');
    await pty.shows('SIMULATION');
    pty.press('\u0003');
    await pty.shows(/left with \d/);
  });
});
