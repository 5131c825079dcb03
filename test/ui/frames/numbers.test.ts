import {expect, test} from 'vitest';
import {listScenarios} from '../../../source/simulator/scenario/load.ts';
import {contradictions} from './numbers.ts';
import {SeenAccount} from './seen-account.ts';
import {stillRun} from './still-run.ts';

process.env['TZ'] = 'UTC';

// `npm run test:numbers` walks them all; these end soon.
const scenarios = process.env['HANDRAIL_MATRIX'] === 'all' ? listScenarios() : ['calm', 'no-role'];

// At 200×60 every Region has a row; at 80×24 most are counted in a line.
test.each(scenarios)(
  '%s: no number on the screen disagrees with the simulator, in any frame at rest',
  async (scenario) => {
    let account: SeenAccount | undefined;
    const wrong = new Map<string, string>();
    let frames = 0;
    await stillRun({
      scenario,
      sizes: [
        [80, 24],
        [200, 60],
      ],
      started: (simulator) => (account = new SeenAccount(simulator)),
      published: (events) => account?.hear(events),
      atRest({terminals, state, simulator}) {
        if (account === undefined) throw new Error('no run without a simulator');
        const deletions = simulator.account().role === null ? 1 : 0;
        for (const terminal of terminals) {
          frames += 1;
          for (const line of contradictions(terminal.rows, {state, account, deletions})) {
            if (!wrong.has(line)) wrong.set(line, terminal.text);
          }
        }
      },
    });
    expect(frames).toBeGreaterThan(1);
    const said = [...wrong].map(([line, frame]) => `${line}\nin the frame:\n${frame}\n`);
    expect(said.join('\n')).toBe('');
  },
  600_000,
);
