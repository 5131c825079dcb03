import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {PlannedChange, RunQuestion} from '../../source/engine/model/events.ts';
import type {ChangeWindow} from '../../source/engine/model/happenings/gate.ts';
import {isOpen} from '../../source/engine/queries/change-window.ts';
import {childAsked, decideFleet, staleMs} from '../../source/fleet/decide.ts';
import type {
  ChildEnd,
  FleetEvent,
  FleetHappening,
  FleetLimits,
  FleetStarted,
  Look,
} from '../../source/fleet/events.ts';
import {evolveFleet} from '../../source/fleet/evolve.ts';
import {initialFleet, type FleetState} from '../../source/fleet/state.ts';

/** A fleet that random looks, answers, failures and crashes happen to. */
interface World {
  readonly limits: FleetLimits;
  readonly windows: readonly ChangeWindow[];
  readonly accounts: number;
  /** Where the dice begin that say what happens. */
  readonly seed: number;
}

const limits = fc.record({
  canary: fc.integer({min: 1, max: 3}),
  wave: fc.oneof(
    fc.record({accounts: fc.integer({min: 1, max: 5})}),
    fc.record({percent: fc.integer({min: 1, max: 100})}),
  ),
  tolerate: fc.integer({min: 0, max: 4}),
  soakSeconds: fc.constantFrom(0, 60, 1200),
  maxDeleting: fc.integer({min: 1, max: 3}),
  looking: fc.integer({min: 1, max: 4}),
});
const world: fc.Arbitrary<World> = fc.record({
  limits,
  // A fleet begins at 00:16:40.
  windows: fc.constantFrom([], [{from: '00:10', to: '00:17', timeZone: 'UTC'}]),
  accounts: fc.integer({min: 1, max: 12}),
  seed: fc.nat(),
});

function change(account: string, target: string, region?: string): PlannedChange {
  return {
    step: region === undefined ? 'delete' : 'stop',
    title: 'Change it',
    operation: region === undefined ? 'iam:DeleteServiceLinkedRole' : 'imagebuilder:CancelImageCreation',
    target: region === undefined ? '' : target,
    request: {arn: `${account}/${target}`},
    ...(region === undefined ? {} : {region}),
  };
}

/** Plays a fleet, and hands every event to `seen` with the state before it. */
function play(
  {limits: given, windows, accounts, seed}: World,
  seen: (before: FleetState, event: FleetEvent) => void,
): FleetState {
  let state = initialFleet;
  let now = 1_000_000;
  let names = 0;
  const roll = dice(seed);
  const apply = (happening: FleetHappening): void => {
    const event = {...happening, at: now};
    seen(state, event);
    state = evolveFleet(state, event);
  };
  // A window is given for the fleet, or by a policy.
  apply({
    ...fleetStarted(given, accounts),
    ...(seed % 2 === 0 ? {gates: {windows}} : {policyWindows: [windows]}),
  });
  for (let turn = 0; turn < 2000 && state.ended === undefined; turn += 1) {
    const {records, wakeAt} = decideFleet(state, now, (id) => `${id}-${(names += 1)}`);
    for (const record of records) apply(record);
    if (records.length > 0) continue;
    // After a while every run ends without a further question.
    const arrival = oneOf(arrivals(state, roll, turn < 300), roll);
    if (roll(20) === 0 && turn < 300) apply({type: 'fleet-resumed', by: 'kim'});
    else if (arrival !== undefined) apply(arrival);
    else if (wakeAt !== undefined) now = wakeAt;
    else throw new Error('the fleet waits, and nothing is under way');
    now += roll(50) === 0 ? staleMs : 1;
  }
  return state;
}

/** Random numbers below a number of sides (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

function oneOf<T>(list: readonly T[], roll: (sides: number) => number): T | undefined {
  return list.length === 0 ? undefined : list[roll(list.length)];
}

function fleetStarted(given: FleetLimits, accounts: number): FleetStarted {
  return {
    type: 'fleet-started',
    fleet: 'f',
    runbook: {name: 'removal', title: 'Remove', file: 'removal.yaml', text: '', sha256: ''},
    mode: 'live',
    inputs: {},
    base: {account: '999999999999', arn: 'arn:aws:iam::999999999999:user/kim', partition: 'aws'},
    role: 'Ops',
    regions: [],
    subject: 'Role',
    limits: given,
    accounts: Array.from({length: accounts}, (_, index) => ({id: String(index).padStart(12, '0')})),
    skipped: [],
    versions: {},
  };
}

/** What may happen next: the end of each look, an answer, a question or the end of each account's run. */
function arrivals(
  state: FleetState,
  roll: (sides: number) => number,
  mayAsk: boolean,
): readonly FleetHappening[] {
  const wave = state.waves.find(({answer}) => answer === undefined);
  const asked: readonly FleetHappening[] =
    wave === undefined ? [] : [{type: 'wave-answered', wave: wave.wave, accepted: roll(12) !== 0, by: 'kim'}];
  const rows = [...state.accounts.values()].flatMap((row): readonly FleetHappening[] => {
    const account = row.account.id;
    if (row.phase === 'looking') return [{type: 'look-ended', account, ...randomLook(account, roll)}];
    if (row.phase !== 'going') return [];
    if (row.question?.covered === false && row.question.agreed === undefined) {
      return [{type: 'child-agreed', account, accepted: roll(3) !== 0, by: 'kim'}];
    }
    if (row.question !== undefined) return [];
    const end: FleetHappening = {type: 'child-ended', account, ...randomEnd(roll)};
    return [
      roll(2) === 0 || !mayAsk ? end : childAsked(state, account, randomQuestion(state, account, roll)),
    ];
  });
  const keys: readonly FleetHappening[] =
    state.paused !== undefined
      ? [{type: 'fleet-continued'}]
      : roll(10) === 0 && mayAsk
        ? [{type: 'fleet-paused', why: 'ExpiredToken'}]
        : [];
  const holds: readonly FleetHappening[] =
    state.held !== undefined
      ? [{type: 'fleet-released', by: 'kim'}]
      : roll(10) === 0 && mayAsk
        ? [{type: 'fleet-held', by: 'kim'}]
        : [];
  return [...asked, ...rows, ...keys, ...holds];
}

function randomLook(account: string, roll: (sides: number) => number): Look {
  const outcome = (['ready', 'ready', 'ready', 'clear', 'blocked', 'closed'] as const)[roll(6)] ?? 'ready';
  const changes = [
    change(account, ''),
    ...Array.from({length: roll(3)}, (_, n) => change(account, `b${n}`, 'eu-west-1')),
  ];
  return {outcome, message: '', unknown: [], changes: outcome === 'ready' ? changes : []};
}

function randomEnd(roll: (sides: number) => number): ChildEnd {
  const status = (['done', 'done', 'done', 'failed', 'blocked', 'closed'] as const)[roll(6)] ?? 'done';
  return {status, message: '', made: 0, unknown: []};
}

function randomQuestion(state: FleetState, account: string, roll: (sides: number) => number): RunQuestion {
  const shown = state.accounts.get(account)?.look?.changes ?? [];
  const kept = shown.filter(() => roll(2) === 0);
  const fresh = roll(4) === 0 ? [change(account, 'new', 'eu-west-1')] : [];
  return {kind: 'confirm', step: 'approve', message: '', changes: [...kept, ...fresh]};
}

/** Accounts that were let change something and have not ended since, by the events alone. */
class Watched {
  readonly changing = new Set<string>();
  readonly deleting = new Set<string>();
  readonly touched = new Set<string>();
  readonly failed = new Set<string>();
  readonly looking = new Set<string>();
  readonly consented = new Map<string, ReadonlySet<string>>();
  readonly open = new Map<string, {readonly question: RunQuestion; agreed: boolean}>();
  readonly shown = new Map<string, ReadonlySet<string>>();
  readonly waves = new Map<number, readonly string[]>();
  stopped = false;

  see(event: FleetEvent): void {
    if (event.type === 'look-started') this.looking.add(event.account);
    if (event.type === 'look-ended') {
      this.looking.delete(event.account);
      this.shown.set(event.account, new Set(event.changes.map((one) => JSON.stringify(one))));
    }
    if (event.type === 'wave-asked') this.waves.set(event.wave, event.accounts);
    if (event.type === 'wave-answered' && event.accepted) {
      for (const id of this.waves.get(event.wave) ?? [])
        this.consented.set(id, this.shown.get(id) ?? new Set());
    }
    if (event.type === 'fleet-stopped') this.stopped = true;
    if (event.type === 'fleet-resumed') {
      this.stopped = false;
      this.failed.clear();
      this.looking.clear();
      this.open.clear();
      this.changing.clear();
    }
    this.seeChild(event);
  }

  seeChild(event: FleetEvent): void {
    if (event.type === 'child-started' && this.touched.has(event.account)) this.changing.add(event.account);
    if (event.type === 'child-asked') this.open.set(event.account, {question: event.question, agreed: false});
    const open = 'account' in event ? this.open.get(event.account) : undefined;
    if (event.type === 'child-agreed' && open !== undefined) open.agreed = event.accepted;
    if (event.type === 'child-answered') {
      this.open.delete(event.account);
      if (!event.accepted) return;
      this.touched.add(event.account);
      this.changing.add(event.account);
      if (open?.question.changes.some(({region}) => region === undefined)) this.deleting.add(event.account);
    }
    if (event.type === 'child-ended') {
      this.changing.delete(event.account);
      this.deleting.delete(event.account);
      this.failed.delete(event.account);
      if (event.status === 'failed' || event.status === 'blocked') this.failed.add(event.account);
    }
  }
}

describe('a fleet, whatever happens to it', () => {
  it('keeps its limits: looks, accounts in the middle of their changes, deletions', () => {
    fc.assert(
      fc.property(world, (given) => {
        const watched = new Watched();
        play(given, (_, event) => {
          const first =
            event.type === 'child-answered' && event.accepted && !watched.touched.has(event.account);
          if (first) {
            expect(watched.changing.size).toBeLessThan(given.limits.tolerate + 1 - watched.failed.size);
          }
          watched.see(event);
          expect(watched.looking.size).toBeLessThanOrEqual(given.limits.looking);
          expect(watched.deleting.size).toBeLessThanOrEqual(given.limits.maxDeleting);
        });
      }),
    );
  });

  it('lets no account be changed for the first time once more have failed than may', () => {
    fc.assert(
      fc.property(world, (given) => {
        const watched = new Watched();
        play(given, (_, event) => {
          if (event.type === 'child-answered' && event.accepted && !watched.touched.has(event.account)) {
            expect(watched.stopped).toBe(false);
            expect(watched.failed.size).toBeLessThanOrEqual(given.limits.tolerate);
          }
          if (event.type === 'wave-asked') expect(watched.stopped).toBe(false);
          watched.see(event);
        });
      }),
    );
  });

  it('begins nothing, asks nobody and lets nothing be changed while nobody can be entered', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({paused}, {type}) => {
          if (paused === undefined) return;
          // What was under way may end, and what was asked may be answered.
          expect(['look-ended', 'wave-answered', 'child-asked', 'child-agreed', 'child-ended']).toContain(
            type.replace(/^fleet-(continued|resumed|held|released)$/, 'look-ended'),
          );
        });
      }),
    );
  });

  it('begins nothing, asks about no wave and lets no untouched account be changed while an operator holds it', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({held, accounts}, event) => {
          if (held === undefined) return;
          expect(['look-started', 'wave-asked']).not.toContain(event.type);
          const touched = 'account' in event && accounts.get(event.account)?.touched === true;
          const begins =
            event.type === 'child-started' || (event.type === 'child-answered' && event.accepted);
          if (begins) expect(touched).toBe(true);
        });
      }),
    );
  });

  it('begins no account outside of its window, apart from those whose changes had begun', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({accounts}, event) => {
          if (event.type !== 'child-started' || given.windows.length === 0) return;
          const isFirst = accounts.get(event.account)?.touched !== true;
          if (isFirst) expect(given.windows.some((window) => isOpen(window, event.at))).toBe(true);
        });
      }),
    );
  });

  it('answers yes only to changes that an accepted wave showed, or that the operator agreed to by account', () => {
    fc.assert(
      fc.property(world, (given) => {
        const watched = new Watched();
        play(given, (_, event) => {
          if (event.type === 'child-started') expect([...watched.consented.keys()]).toContain(event.account);
          if (event.type === 'child-answered' && event.accepted) {
            const open = watched.open.get(event.account);
            const consented = watched.consented.get(event.account);
            const covered = open?.question.changes.every(
              (one) => consented?.has(JSON.stringify(one)) === true,
            );
            expect(open?.agreed === true || (covered === true && open?.question.changes.length !== 0)).toBe(
              true,
            );
          }
          watched.see(event);
        });
      }),
    );
  });

  it('comes to an end, and asks about no account in two waves that were agreed to', () => {
    fc.assert(
      fc.property(world, (given) => {
        const agreed: string[] = [];
        const asked = new Map<number, readonly string[]>();
        const last = play(given, (_, event) => {
          if (event.type === 'wave-asked') asked.set(event.wave, event.accounts);
          if (event.type === 'wave-answered' && event.accepted) agreed.push(...(asked.get(event.wave) ?? []));
        });
        expect(last.ended).toBeDefined();
        expect(new Set(agreed).size).toBe(agreed.length);
      }),
    );
  });
});
