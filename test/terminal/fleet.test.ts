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

it('walks the fleet demo to its end: every wave by its typed text, in every size', {timeout}, async () => {
  pty.press(`${handrail} demo --fleet; echo "left with $?"\r`);
  await lookedEverywhere();
  const sizes = [
    [80, 24],
    [60, 20],
    [120, 40],
    [40, 24],
    [100, 30],
  ] as const;
  for (let wave = 1; ; wave += 1) {
    await pty.shows(new RegExp(`DECISION ON ${wave === 1 ? 'CANARY' : `WAVE ${wave}`}[^]* > ▏`));
    const [columns, rows] = sizes[wave % sizes.length] ?? [80, 24];
    const count = fleet().waves.at(-1)?.accounts.length ?? 0;
    const text = `${role} in ${count} ${count === 1 ? 'account' : 'accounts'}`;
    pty.press(text.slice(0, 12));
    await pty.shows(`> ${text.slice(0, 12)}▏`);
    pty.resize(columns, rows);
    pty.press(`${text.slice(12)}\r`);
    await pty.shows(/ of \d+ done|Wave \d+ waits|DECISION ON WAVE|ended|Blocked:/);
    const left = [...fleet().accounts.values()].filter(({phase}) => phase === 'ready').length;
    if (left === 0) break;
  }
  pty.resize(80, 24);
  await pty.shows('? Blocked:');
  await pty.shows('handrail fleet report');
  pty.press('q');
  await pty.shows('left with 4');
  expect(pty.alternate).toBe(false);
  const state = fleet();
  expect(state.ended?.status).toBe('blocked');
  expect([...state.accounts.values()].filter(({end}) => end?.status === 'done').length).toBe(23);
  expect(state.waves.every(({answer}) => answer?.accepted === true && answer.typed?.startsWith(role))).toBe(
    true,
  );
});

it('leaves a fleet that can be gone on with when its terminal goes away', {timeout}, async () => {
  pty.press(`${handrail} demo --fleet\r`);
  await lookedEverywhere();
  await pty.shows(/DECISION ON CANARY[^]* > ▏/);
  pty.hangUp();
  await expect.poll(() => fleet().interrupted, {timeout: 40_000}).toBe('SIGHUP');
  expect(fleet().ended).toBeUndefined();
  expect(fleet().waves.at(-1)?.answer).toBeUndefined();
});
