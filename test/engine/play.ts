import {join} from 'node:path';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import type {Event, Happening} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {
  stamp,
  type AwsPort,
  type CallOutcome,
  type CallRequest,
  type JournalPort,
} from '../../source/engine/model/ports.ts';
import {defaultLimits, type Program} from '../../source/engine/model/program.ts';
import {outlineOf} from '../../source/engine/outline.ts';
import {lookAgainFrom} from '../../source/engine/evolve/rewind.ts';
import {run, type Steering} from '../../source/engine/run.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {loadRunbook, type LoadedRunbook} from '../../source/runbook/load/load.ts';
import {seeded, type Random} from '../crash/random.ts';
import {failure, perform, type SmallWorld} from './small-world.ts';
import {virtualClock, type VirtualClock} from './virtual-clock.ts';

const loaded: LoadedRunbook = loadRunbook(join(import.meta.dirname, 'removal.yaml'));

export const program: Program = {
  runbook: loaded.runbook,
  operations: await modelsFor(loaded),
  limits: defaultLimits,
  attended: false,
  waive: [],
};

/** How one process treats the run, from its start or from where a journal leaves it. */
export interface Performance {
  readonly world: SmallWorld;
  /** The journal so far; empty to begin a run. */
  readonly events?: readonly Event[];
  /** Time, in ms since the epoch, at which the process starts. */
  readonly startMs: number;
  /** Decides the order of answers, the back-offs and the tokens. */
  readonly seed: number;
  /** One in so many calls fails for a passing reason, half of them after they took effect. */
  readonly failing?: number;
  /** Answers in the world's place, where it gives an answer. */
  readonly spoil?: (request: CallRequest) => CallOutcome | undefined;
  /** Asked after every batch; the run is interrupted when it says so. */
  readonly interruptAt?: (events: readonly Event[]) => boolean;
  readonly steering?: Steering;
  readonly program?: Program;
  readonly published?: (state: RunState, events: readonly Event[]) => void;
}

/** A journal, and the world as it was when each of its records was about to be written. */
export interface Recording {
  readonly events: readonly Event[];
  /** For each event. */
  readonly moments: readonly {readonly world: SmallWorld; readonly now: number}[];
  readonly state: RunState;
  readonly world: SmallWorld;
}

/** After this long a resumption looks at the world again, in ms: the same as the resume command's. */
const staleMs = 30_000;

/** Plays a run to its end without a network, a disk or real time. The world is changed in place. */
export async function play(performance: Performance): Promise<Recording> {
  const {world, startMs, seed, published} = performance;
  const clock = virtualClock(startMs);
  const random = seeded(seed);
  const gently = new AbortController();
  const events: Event[] = [...(performance.events ?? [])];
  const moments: Recording['moments'][number][] = [];
  const append = (batch: readonly Event[]): void => {
    const moment = {world: structuredClone(world), now: clock.now()};
    for (const event of batch) {
      events.push(event);
      moments.push(moment);
    }
    if (performance.interruptAt?.(batch) === true) gently.abort('SIGINT');
  };
  const before = events.reduce(evolve, initialState);
  const first = stamp(
    events.length === 0 ? beginning(world, performance.program ?? program) : resumption(before, startMs),
    startMs,
  );
  append([first]);
  let tokens = 0;
  const playing = run({
    program: performance.program ?? program,
    ports: {
      aws: awsOf(performance, clock, random),
      clock,
      operator: {
        ask: async (question) => ({
          accepted: true,
          by: 'test',
          ...(question.kind === 'type-text' ? {typed: question.typeToConfirm} : {}),
        }),
      },
      journal: {append: async (batch) => append(batch)} satisfies JournalPort,
      chance: {random, token: () => `token-${seed}-${(tokens += 1)}`},
    },
    from: evolve(before, first),
    publish: (state, batch) => published?.(state, batch),
    interruption: {gently: gently.signal, atOnce: new AbortController().signal},
    ...(performance.steering === undefined ? {} : {steering: performance.steering}),
  });
  let state: RunState | undefined;
  let failed: unknown;
  playing.then(
    (ended) => (state = ended),
    (error: unknown) => (failed = error),
  );
  await clock.passUntil(() => state !== undefined || failed !== undefined);
  if (state === undefined) throw failed;
  return {events, moments, state, world};
}

function awsOf({world, failing, spoil}: Performance, clock: VirtualClock, random: Random): AwsPort {
  const never = new AbortController().signal;
  const wait = (): Promise<void> => clock.until(clock.now() + Math.round(random() * 200), never);
  return {
    call: async (request) => {
      await wait();
      const unlucky = failing !== undefined && random() < 1 / failing;
      if (unlucky && random() < 0.5) return failure('throttled', 'ThrottlingException');
      const outcome = spoil?.(request) ?? perform(world, request, clock.now());
      await wait();
      return unlucky ? failure('transient', 'ECONNRESET') : outcome;
    },
    renew: async () => ({works: true, fresh: true}),
  };
}

export function beginning(world: SmallWorld, played: Program): Happening {
  const {name, title} = played.runbook;
  return {
    type: 'run-started',
    run: 'played',
    runbook: {name, title, file: loaded.file, text: loaded.text, sha256: loaded.sha256},
    steps: outlineOf(played),
    inputs: {roleName: 'TheRole'},
    mode: 'live',
    simulation: true,
    identity: {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/kim', partition: 'aws'},
    regions: Object.keys(world.regions),
    regionSource: 'named',
    notes: [],
    versions: {},
  };
}

function resumption(before: RunState, now: number): Happening {
  const again = now - before.now >= staleMs ? lookAgainFrom(before) : undefined;
  return {
    type: 'resumed',
    by: 'arn:aws:iam::123456789012:user/kim',
    versions: {},
    ...(again === undefined ? {} : {lookAgainFrom: again}),
  };
}
