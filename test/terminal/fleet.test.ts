import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {evolveFleetAll} from '../../source/fleet/evolve.ts';
import type {FleetState} from '../../source/fleet/state.ts';
import {readFleet} from '../../source/runs/fleet/fleet-journal.ts';
import {handrail, Pty} from './pty.ts';

const timeout = 400_000;
const role = 'AWSServiceRoleForImageBuilder';

let pty: Pty;

beforeEach(async () => {
  pty = new Pty(80, 24, {TMUX: ''});
  await pty.shows('shell> ');
});

afterEach(() => pty.close());

/** Waits until every account was looked at, in steps that a loaded machine has time for. */
async function lookedEverywhere(): Promise<void> {
  await pty.shows('Looking everywhere');
  await pty.shows(/Look ([2-9]\d)\/57/);
  await pty.shows(/Look ([4-5]\d)\/57/);
  await pty.shows('Look 57/57');
}

/** What the only fleet's journal adds up to. */
function fleet(): FleetState {
  const folder = join(pty.stateHome, 'handrail/fleets');
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return evolveFleetAll(readFleet(join(folder, file)).events);
}

/** The text that agrees to the wave that is asked about. */
function textOfWave(): string {
  const count = fleet().waves.at(-1)?.accounts.length ?? 0;
  return `${role} in ${count} ${count === 1 ? 'account' : 'accounts'}`;
}

it(
  'plays the fleet demo: a wave is typed in every size, another one paused, the third declined',
  {timeout},
  async () => {
    pty.press(`${handrail} demo --fleet; echo "left with $?"\r`);
    await lookedEverywhere();
    await pty.shows(/DECISION ON CANARY[^]* > ▏/);
    const canary = textOfWave();
    const sizes = [
      [60, 20],
      [120, 40],
      [40, 24],
      [100, 30],
      [80, 24],
    ] as const;
    for (const [part, [columns, rows]] of sizes.entries()) {
      pty.resize(columns, rows);
      pty.press(canary.slice(part * 5, (part + 1) * 5));
      await pty.shows(`> ${canary.slice(0, (part + 1) * 5)}▏`);
    }
    pty.press(`${canary.slice(sizes.length * 5)}\r`);
    await pty.shows(/DECISION ON WAVE 2[^]* > ▏/);
    pty.press(`${textOfWave()}\r`);
    await pty.shows('p pause');
    pty.press('p');
    await pty.shows(' PAUSED ');
    pty.press('p');
    await pty.shows(/DECISION ON WAVE 3[^]* > ▏/);
    pty.press('\u001B');
    await pty.shows('Decline? The fleet ends here');
    pty.press('\r');
    await pty.shows('– Declined:');
    await pty.shows('handrail fleet report');
    pty.press('q');
    await pty.shows('left with 3');
    expect(pty.alternate).toBe(false);
    const state = fleet();
    expect(state.ended?.status).toBe('declined');
    expect(state.waves.map(({answer}) => [answer?.accepted, answer?.typed?.startsWith(role)])).toEqual([
      [true, true],
      [true, true],
      [false, undefined],
    ]);
    const agreed = state.waves.slice(0, 2).flatMap(({accounts}) => accounts);
    expect(agreed.map((id) => state.accounts.get(id)?.end?.status)).toEqual(agreed.map(() => 'done'));
  },
);

it('leaves a fleet that can be gone on with when its terminal goes away', {timeout}, async () => {
  pty.press(`${handrail} demo --fleet\r`);
  await lookedEverywhere();
  await pty.shows(/DECISION ON CANARY[^]* > ▏/);
  pty.hangUp();
  await expect.poll(() => fleet().interrupted, {timeout: 120_000}).toBe('SIGHUP');
  expect(fleet().ended).toBeUndefined();
  expect(fleet().waves.at(-1)?.answer).toBeUndefined();
});
