import {describe, expect, it} from 'vitest';
import type {Event} from '../../../source/engine/model/events.ts';
import {createPlainFleet} from '../../../source/ui/fleet/plain-fleet.ts';
import {fleetResumed, fleetRun} from '../../support/fleet-runs.ts';
import {changesOf} from '../../support/run-results.ts';
import {worldOf} from '../../support/fleet-world.ts';
import {type SimulatedFleet} from '../../support/simulated-fleet.ts';

const [one, two, three] = ['000000000012', '000000000013', '000000000014'] as const;

describe('keys that end while a fleet is under way', () => {
  it('those of the caller pause the whole fleet in wave 2, and with others every account goes on', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}, [three]: {schedules: 1}});
    let haveOthers: (() => void) | undefined;
    let begunMeanwhile = 0;
    const left = await fleetRun(fleet, {
      wave: ({wave, typeToConfirm}) => {
        if (wave === 2) haveOthers = allEnd(fleet);
        return {accepted: true, by: 'kim', typed: typeToConfirm};
      },
      published: (state, events) => {
        if (state.paused === undefined) return;
        begunMeanwhile += events.filter(({type}) => type !== 'fleet-paused').length;
        haveOthers?.();
      },
    });
    expect(left.exitCode).toBe(0);
    const types = left.events.map(({type}) => type).filter((type) => /paused|continued/.test(type));
    expect(types).toEqual(['fleet-paused', 'fleet-continued']);
    expect(left.events.find(({type}) => type === 'fleet-paused')).toMatchObject({
      why: expect.stringMatching(/^ExpiredToken: The security token has expired/) as string,
    });
    expect([begunMeanwhile, left.waves.length]).toEqual([0, 2]);
    for (const {account} of fleet.accounts.values()) expect(account().role).toBeNull();
    expect(lines(left.events).filter((line) => /paused|new keys/.test(line))).toEqual([
      expect.stringContaining(
        '! paused: the keys that enter the accounts have ended: ExpiredToken',
      ) as string,
      expect.stringContaining('new keys were found: every account goes on') as string,
    ]);
  });

  it('a pause that nobody ends is left by Ctrl-C, and the fleet is gone on with', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}});
    let haveOthers: (() => void) | undefined;
    const left = await fleetRun(fleet, {
      wave: ({wave, typeToConfirm}) => {
        if (wave === 2) haveOthers = allEnd(fleet);
        return {accepted: true, by: 'kim', typed: typeToConfirm};
      },
      published: (state, _events, stop) => {
        if (state.paused !== undefined) stop();
      },
    });
    expect([left.exitCode, left.state.accounts.get(two)?.phase]).toEqual([130, 'going']);
    haveOthers?.();
    const again = await fleetResumed(fleet, left.closing.journal ?? '');
    expect([again.exitCode, again.waves]).toEqual([0, []]);
  });

  it('the session of one account pauses that account alone', async () => {
    const fleet = await worldOf({[one]: {builds: 1}, [two]: {builds: 1}});
    const paused: string[] = [];
    let hasEnded = false;
    const left = await fleetRun(fleet, {
      limits: {canary: 2},
      happened: ({id}, events) => {
        if (id === one && !hasEnded && has(events, 'answered')) {
          hasEnded = true;
          fleet.endSessions(one);
        }
        if (has(events, 'paused')) paused.push(id);
      },
    });
    expect([left.exitCode, paused]).toEqual([0, [one]]);
    expect(left.events.some(({type}) => type === 'fleet-paused')).toBe(false);
    for (const {account} of fleet.accounts.values()) expect(account().role).toBeNull();
  });
});

describe('an account that is suspended in wave 2', () => {
  it('before its run begins: it is not known and not changed, and the others are done', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}, [three]: {schedules: 1}});
    const left = await fleetRun(fleet, {
      wave: ({wave, typeToConfirm}) => {
        if (wave === 2) fleet.suspend(two);
        return {accepted: true, by: 'kim', typed: typeToConfirm};
      },
    });
    expect([left.exitCode, left.state.accounts.get(two)?.end?.status]).toEqual([4, 'closed']);
    expect(changesOf({requests: fleet.accounts.get(two)?.requests ?? []})).toEqual([]);
    expect(fleet.accounts.get(three)?.account().role).toBeNull();
  });

  it('after its consent, and before anything was changed: it is not known, either', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {builds: 1}});
    const left = await fleetRun(fleet, {
      happened: ({id}, events) => {
        if (id === two && has(events, 'answered')) fleet.suspend(two);
      },
    });
    expect([left.exitCode, left.state.accounts.get(two)?.end]).toMatchObject([
      4,
      {status: 'closed', made: 0, message: expect.stringContaining('Not authorized') as string},
    ]);
  });

  it('in the middle of its changes: it failed, which says how far it came, and the others are done', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {builds: 1}, [three]: {schedules: 1}});
    const left = await fleetRun(fleet, {
      happened: ({id}, events) => {
        if (id === two && events.some((event) => event.type === 'item-done' && event.step === 'cancel'))
          fleet.suspend(two);
      },
    });
    expect(left.exitCode).toBe(1);
    expect(left.state.accounts.get(two)?.end).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(
        /^its session ended, and it could not be entered again: .*Not authorized/,
      ) as string,
    });
    expect(fleet.accounts.get(three)?.account().role).toBeNull();
  });
});

/** The caller's own keys end, and the sessions that were begun with them. */
function allEnd(fleet: SimulatedFleet): () => void {
  for (const id of fleet.accounts.keys()) fleet.endSessions(id);
  return fleet.endBaseKeys();
}

function has(events: readonly Event[], type: Event['type']): boolean {
  return events.some((event) => event.type === type);
}

/** The lines that the events of a fleet are in a log. */
function lines(events: Awaited<ReturnType<typeof fleetRun>>['events']): readonly string[] {
  let text = '';
  const view = createPlainFleet({write: (part) => (text += part), now: () => 0});
  view.publish({accounts: new Map(), waves: [], now: 0}, events);
  return text.split('\n');
}
