import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {findRun} from '../../source/journal/find-run.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {oneRegion} from '../resume/one-region.ts';
import {handrail, Pty} from './pty.ts';

const timeout = 600_000;
const run = `${handrail} run delete-service-linked-role --input pollSeconds=0.2 --input builds=wait`;

let simulator: Simulator;
beforeAll(async () => {
  // The build never ends, so the run waits in its middle for as long as the test wants.
  simulator = await startSimulator(oneRegion());
});
afterAll(() => simulator.close());

const open: Pty[] = [];
afterEach(() => {
  for (const pty of open.splice(0)) pty.close();
});

async function terminal(other?: Pty): Promise<Pty> {
  const pty = new Pty(100, 30, {
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

describe('watching', () => {
  it(
    'shows no prompt, asks for the run, and goes on with it once its holder has let go',
    {timeout},
    async () => {
      const holder = await terminal();
      holder.press(`clear; ${run}; echo "left with $?"\r`);
      await holder.shows(/y goes ahead/);

      const watcher = await terminal(holder);
      watcher.press(`clear; ${handrail} watch; echo "left with $?"\r`);
      await watcher.shows('WATCHING');
      await watcher.shows('No answer yet');
      expect(watcher.text).not.toMatch(/goes ahead| > ▏/);
      // A yes here agrees to nothing, and nothing is gone on with while another process has the run.
      watcher.press('y\rg');

      // The field for the reply is there as soon as the question takes keys, and not before.
      await holder.shows('> ▏');
      holder.press('y');
      await holder.shows('> y▏');
      holder.press('\r');
      await holder.shows('Wait until no build is running');

      watcher.press('t');
      await watcher.shows('asked for it: its own terminal hands it over');
      await holder.shows(/process \d+, asks for this run: h hands it over/);
      holder.press('h');
      await holder.shows('left with 130');
      await holder.shows('Handed over');

      await watcher.shows('no process has it now; g goes on with it here');
      watcher.press('g');
      await watcher.shows(/LIVE|SIMULATION/);
      await watcher.shows('Wait until no build is running');
      watcher.press('\u0003');
      await watcher.shows('left with 130');

      const {events} = readJournal(findRun('latest', {XDG_STATE_HOME: holder.stateHome}));
      const kinds = events.flatMap((event) =>
        event.type === 'interrupted' ? [event.signal] : event.type === 'resumed' ? ['resumed'] : [],
      );
      expect(kinds).toEqual(['hand-over', 'resumed', 'SIGINT']);
    },
  );

  it('says where there is nothing to watch', {timeout}, async () => {
    const pty = await terminal();
    pty.press(`clear; ${handrail} watch; echo "left with $?"\r`);
    await pty.shows('no run is going on now');
    await pty.shows('left with 2');
  });
});
