import {expect, test} from 'vitest';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import {changing, detoured, done, looked, Play, start} from './run-fixture.ts';
import {hastyClock, Terminal} from './terminal.ts';

const sizes = [
  [40, 24],
  [60, 20],
  [80, 24],
  [100, 30],
  [120, 40],
  [150, 24],
  [200, 60],
  [30, 8],
  [20, 3],
] as const;

const phases = {
  beginning: new Play().begin(),
  looked: looked(),
  changing: changing(),
  detoured: detoured(),
  done: done(),
};

test.each(
  sizes.flatMap((size) => Object.entries(phases).map(([name, play]) => [...size, name, play] as const)),
)('the whole screen fits %i×%i when %s', async (columns, rows, _, play) => {
  const terminal = new Terminal(columns, rows);
  const {stdout, stdin} = terminal;
  const view = createScreen({
    stdout,
    stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + 40_000,
    env: {LANG: 'C.UTF-8'},
  });
  view.publish(play.state, play.events);
  await terminal.shows('SIMULATION');
  expect(terminal.rows[0]).toContain('SIMULATION');
  expect(terminal.scrolled).toBe(false);
  expect(terminal.emulator.buffer.active.cursorY).toBeLessThan(rows);
  await view.close({state: phases.beginning.state});
});
