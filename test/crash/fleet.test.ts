import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {atATime} from './at-a-time.ts';
import {bundleChild, removeChild} from './bundle.ts';
import type {JournalKill} from './child-order.ts';
import {fleetKilledAt, fleetWrites} from './fleet-kills.ts';

const moments = ['before', 'torn', 'written'] as const;
const everywhere = process.env['HANDRAIL_MATRIX'] === 'all';
const timeout = everywhere ? 7_200_000 : 600_000;

let bundle = '';
let writes = 0;
beforeAll(async () => {
  bundle = await bundleChild('fleet-child.ts');
  writes = await fleetWrites(bundle);
}, 600_000);
afterAll(() => removeChild(bundle));

/** Every moment of every journal write, as `npm run test:crash` has it, or one; the chain of kills below has each moment. */
function points(): readonly JournalKill[] {
  const all = Array.from({length: writes}, (_, index) =>
    moments.map((moment): JournalKill => ({moment, nth: index + 1})),
  ).flat();
  if (everywhere) return all;
  return all.filter(({moment, nth}) => moment === 'torn' && nth === Math.floor(writes / 3));
}

describe('a fleet that is killed with SIGKILL between any two records of its journal and its accounts’', () => {
  it(
    'comes to the same end: no wave agreed to twice, nothing changed twice, nothing forgotten',
    {timeout},
    async () => {
      expect(writes).toBeGreaterThan(40);
      const wrong = await atATime(2, points(), async (kill) => ({
        kill,
        problems: await fleetKilledAt(bundle, kill),
      }));
      expect(wrong.filter(({problems}) => problems.length > 0)).toEqual([]);
    },
  );

  it('does so when it is killed again while it goes on', {timeout}, async () => {
    const nth = Math.floor(writes / 2);
    expect(
      await fleetKilledAt(
        bundle,
        {moment: 'written', nth},
        {moment: 'torn', nth: 9},
        {moment: 'before', nth: 5},
      ),
    ).toEqual([]);
  });
});
