import {execFileSync} from 'node:child_process';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {oneRegion} from '../resume/one-region.ts';
import {handrail, Pty} from './pty.ts';

const timeout = 600_000;
const role = 'AWSServiceRoleForImageBuilder';
/** A server of its own, with tmux's own defaults: it holds an Esc for 500 ms, and sends it with the key after it. */
const socket = `handrail-test-${process.pid}`;
const tmux = `tmux -L ${socket} -f /dev/null`;

let simulator: Simulator;
let pty: Pty;

beforeEach(async () => {
  simulator = await startSimulator(oneRegion());
  pty = new Pty(80, 25, {
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    TMUX: '',
  });
  await pty.shows('shell> ');
});

afterEach(async () => {
  execFileSync('tmux', ['-L', socket, 'kill-server'], {stdio: 'ignore'});
  pty.close();
  await simulator.close();
});

/** Starts Handrail inside tmux, attached to the terminal. The pane stays when it has left. */
function start(command: string): void {
  const words = `${handrail} ${command}; echo "left with $?"; exec cat`.replaceAll("'", `'\\''`);
  pty.press(`${tmux} new-session '${words}'\r`);
}

function changes(): readonly string[] {
  return simulator.requests
    .map(({operation}) => operation)
    .filter((operation) => /^(Delete|Update|Cancel)/.test(operation));
}

const run = 'run delete-service-linked-role --input pollSeconds=0.2';

describe('inside tmux with its own defaults', () => {
  it('holds Esc for half a second', () => {
    const value = execFileSync(
      'bash',
      ['-c', `${tmux} new-session -d cat; ${tmux} show-options -sv escape-time`],
      {encoding: 'utf8', env: {...process.env, TMUX: ''}},
    );
    expect(value.trim()).toBe('500');
  });

  it('declines where the name was typed, then Esc, and Enter 200 ms later', {timeout}, async () => {
    start(`${run} --yes`);
    await pty.shows(/Type AWSServiceRoleForImageBuilder[^]* > ▏/);
    pty.press(role);
    await pty.shows(`> ${role}▏`);
    pty.press('\u001B');
    await new Promise((resolve) => setTimeout(resolve, 200));
    pty.press('\r');
    await pty.shows('Declined');
    pty.press('q');
    await pty.shows(/left with \d/);
    expect(changes()).not.toContain('DeleteServiceLinkedRole');
    expect(simulator.account().role).not.toBeNull();
  });

  it('declines where y was typed, then Esc and Enter', {timeout}, async () => {
    start(run);
    await pty.shows(/y goes ahead[^]* > ▏/);
    pty.press('y');
    await pty.shows('> y▏');
    pty.press('\u001B\r');
    await pty.shows('Declined');
    pty.press('q');
    await pty.shows(/left with \d/);
    expect(changes()).toEqual([]);
  });

  it('clears what is looked for at home, and starts nothing', {timeout}, async () => {
    start('');
    await pty.shows('type to find');
    pty.press('demo');
    await pty.shows('> demo▏');
    pty.press('\u001B\r');
    await pty.shows('type to find');
    expect(pty.text).toContain('Runbooks');
    pty.press('\u0003');
    await pty.shows(/left with \d/);
  });
});
