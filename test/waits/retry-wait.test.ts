import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {workIn} from '../../source/engine/evolve/active-steps.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';
import type {Program} from '../../source/engine/model/program.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {waitingFor} from '../../source/wording/waiting.ts';
import {play, program, type Recording} from '../engine/play.ts';
import {smallWorld} from '../engine/small-world.ts';

const startMs = Date.UTC(2026, 10, 27);
const text = readFileSync(join(import.meta.dirname, '../engine/removal.yaml'), 'utf8');

/** The small removal with a wait of ten minutes after a failed deletion, held before the consent to the next one. */
const patient: Program = {
  ...program,
  runbook: parseRunbook(
    'removal.yaml',
    text.replace('waitSeconds: 20,', 'waitSeconds: 600, waitBefore: consent,'),
  ).runbook,
};
const waitMs = 600_000;

/** Lets the first deletion task fail, though nothing in any Region is in the way. */
function sessions(): (request: CallRequest) => CallOutcome | undefined {
  let first = true;
  return ({operation}) => {
    if (operation !== 'iam:GetServiceLinkedRoleDeletionStatus' || !first) return undefined;
    first = false;
    return {
      ok: true,
      output: {Status: 'FAILED', Reason: {Reason: 'it has a session'}},
      ms: 1,
      unmodeled: [],
    };
  };
}

function wentBack({events}: Recording): Extract<Event, {type: 'went-back'}> {
  const back = events.find((event) => event.type === 'went-back');
  if (back?.type !== 'went-back') throw new Error('it never went back');
  return back;
}

/** How long after the failure each call of an operation was sent, in ms. */
function sentAfter(recording: Recording, operation: string): readonly number[] {
  const {at} = wentBack(recording);
  return recording.events.flatMap((event) =>
    event.type === 'call-started' && event.operation === operation && event.at >= at ? [event.at - at] : [],
  );
}

const deletion = 'iam:DeleteServiceLinkedRole';
const look = 'imagebuilder:ListImageBuildVersions';

describe('after a failed deletion', () => {
  it('it is looked, cancelled and tried again at once where something new is in the way', async () => {
    const ended = await play({world: smallWorld({lateBuild: true}), startMs, seed: 7, program: patient});
    expect(ended.world.role).toBe(false);
    expect(Math.min(...sentAfter(ended, look))).toBe(0);
    expect(Math.min(...sentAfter(ended, 'imagebuilder:CancelImageCreation'))).toBeLessThan(2000);
    const [again = Infinity] = sentAfter(ended, deletion);
    expect(again).toBeLessThan(30_000);
  });

  it('the whole wait counts from the failure where nothing new is found, and the looks are made before it', async () => {
    const said = new Set<string>();
    const ended = await play({
      world: smallWorld(),
      startMs,
      seed: 7,
      program: patient,
      spoil: sessions(),
      published: (state) => said.add(waitingFor(state, state.now).text.replace(/ in .*/, '')),
    });
    expect(ended.state.ended?.status).toBe('done');
    expect(Math.max(...sentAfter(ended, look))).toBeLessThan(10_000);
    const [again = 0, ...more] = sentAfter(ended, deletion);
    expect(again).toBeGreaterThanOrEqual(waitMs);
    expect(again).toBeLessThan(waitMs + 1000);
    expect(more).toEqual([]);
    expect(said).toContain('Trying again');
  });

  it('the wait is not begun anew by a resumption in the middle of it', async () => {
    const cut = await play({
      world: smallWorld(),
      startMs,
      seed: 7,
      program: patient,
      spoil: sessions(),
      interruptAt: (events) =>
        events.some(
          (event) => event.type === 'step-skipped' && event.step === 'approve' && event.at > startMs,
        ),
    });
    const back = wentBack(cut);
    const ended = await play({
      world: cut.world,
      events: cut.events,
      startMs: back.at + waitMs / 2,
      seed: 8,
      program: patient,
    });
    expect(ended.state.ended?.status).toBe('done');
    const [again = 0] = sentAfter(ended, deletion);
    expect(again).toBeGreaterThanOrEqual(waitMs);
    expect(again).toBeLessThan(waitMs + 5000);
  });

  it('the program of an earlier version, whose jump names no step, waits before it looks', async () => {
    const ended = await play({world: smallWorld({lateBuild: true}), startMs, seed: 7});
    expect(Math.min(...sentAfter(ended, look))).toBeGreaterThanOrEqual(20_000);
    expect(ended.world.role).toBe(false);
  });
});

it('the pages of one poll are one poll: the pauses do not grow with the length of a list', async () => {
  const polls: number[] = [];
  await play({
    world: smallWorld(),
    startMs,
    seed: 7,
    spoil: ({operation, region, input}) => {
      if (operation !== look || region !== 'us-east-1') return undefined;
      const {nextToken = 'p0'} = input as {nextToken?: string};
      const page = Number(nextToken.slice(1));
      // The world answers the last page.
      if (page >= 4) return undefined;
      const output = {imageSummaryList: []};
      return {ok: true, output, nextToken: `p${page + 1}`, ms: 1, unmodeled: []};
    },
    published: (state) => {
      const [item] = [...(workIn(state.lanes.get('us-east-1'), 'quiet')?.items ?? [])];
      if (item?.status === 'waiting') polls.push(item.polls);
    },
  });
  expect(polls.length).toBeGreaterThan(0);
  expect(polls[0]).toBe(1);
  expect(Math.max(...polls)).toBeLessThan(5);
});
