import {afterAll, afterEach, beforeAll, describe, it} from 'vitest';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {twoRegions} from '../simulator/simulated-aws.ts';
import {handrail, Pty} from './pty.ts';

// Each screen, as it is shipped, on a real terminal: the code of each is loaded on request.
const run = `${handrail} run delete-service-linked-role --input pollSeconds=0.05`;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({...twoRegions, running: []});
});
afterAll(() => simulator.close());

const open: Pty[] = [];
afterEach(() => {
  for (const pty of open.splice(0)) pty.close();
});

/** A shell in which AWS is the simulator's; it sees the runs of `other`, where one is given. */
async function terminal(other?: Pty): Promise<Pty> {
  const pty = new Pty(80, 24, {
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    ...(other === undefined ? {} : {XDG_STATE_HOME: other.stateHome}),
  });
  open.push(pty);
  await pty.shows('shell> ');
  return pty;
}

async function left(pty: Pty, code: number): Promise<void> {
  await pty.shows(`left with ${code}`);
}

describe('on a real terminal', {timeout: 600_000}, () => {
  it('the home screen shows what can be done, and leaves at Ctrl-C', async () => {
    const pty = await terminal();
    pty.press(`clear; ${handrail}; echo "left with $?"\r`);
    await pty.shows('delete-service-linked-role');
    pty.press('\u0003');
    await pty.shows(/left with \d+/);
  });

  it('a run is asked about, another terminal watches it, and it is replayed once it has ended', async () => {
    const pty = await terminal();
    pty.press(`clear; ${run}; echo "left with $?"\r`);
    await pty.shows('y goes ahead');

    const watcher = await terminal(pty);
    watcher.press(`clear; ${handrail} replay latest --follow; echo "left with $?"\r`);
    await watcher.shows('WATCHING');

    pty.press('\u0003');
    await left(pty, 130);
    await watcher.shows('Interrupted by SIGINT');
    watcher.press('q');
    await left(watcher, 0);

    pty.press(`clear; ${handrail} replay latest; echo "left with $?"\r`);
    await pty.shows('REPLAY');
    pty.press('q');
    await left(pty, 0);
  });

  it('a run that is chosen at home starts', async () => {
    const pty = await terminal();
    pty.press(`clear; ${handrail}; echo "left with $?"\r`);
    await pty.shows('type to find');
    pty.press('delete');
    await pty.shows('> delete');
    pty.press('\r');
    await pty.shows('y goes ahead');
    pty.press('\u0003');
    await left(pty, 130);
  });
});
