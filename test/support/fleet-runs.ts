import type {ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {sharedWay} from '../../source/aws/connection/shared-way.ts';
import {defined} from '../../source/data/defined.ts';
import type {Json} from '../../source/data/json.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {
  FleetAnswer,
  FleetDefaults,
  FleetEvent,
  FleetLimits,
  WaveQuestion,
} from '../../source/fleet/events.ts';
import type {Account} from '../../source/fleet/account.ts';
import type {FleetState} from '../../source/fleet/state.ts';
import type {Event, RunMode, RunQuestion} from '../../source/engine/model/events.ts';
import type {Gates} from '../../source/engine/model/happenings/gate.ts';
import type {ClockPort} from '../../source/engine/model/ports.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {notifyingFleet} from '../../source/runs/attention/notifying-fleet.ts';
import {executeFleet, resumeFleet, type FleetSurroundings} from '../../source/runs/fleet/start-fleet.ts';
import type {FleetAnswers} from '../../source/runs/fleet/fleet-order.ts';
import type {FleetClosing, FleetView} from '../../source/ui/fleet/fleet-view.ts';
import {fleetRole, type SimulatedFleet} from './simulated-fleet.ts';

/** How a fleet is treated by one process. */
export interface FleetManner {
  readonly limits?: Partial<FleetLimits>;
  readonly mode?: RunMode;
  readonly answers?: Partial<FleetAnswers>;
  readonly accounts?: readonly Account[];
  readonly inputs?: readonly string[];
  /** Regions that are named for every account. */
  readonly regions?: readonly string[];
  readonly defaults?: FleetDefaults;
  /** A shipped runbook's name; the role removal when left out. */
  readonly runbook?: string;
  /** Time until a wave is answered (ms). */
  readonly slowly?: number;
  /** Answers a wave; yes when left out. */
  readonly wave?: (question: WaveQuestion) => FleetAnswer;
  /** Answers what an account's run wants beyond its wave; no when left out. */
  readonly child?: (account: Account, question: RunQuestion) => FleetAnswer;
  /** Receives every batch; may stop the fleet. */
  readonly published?: (state: FleetState, events: readonly FleetEvent[], stop: () => void) => void;
  readonly happened?: (account: Account, events: readonly Event[], stop: () => void, state: RunState) => void;
  /** Receives what steers the fleet. */
  readonly steering?: NonNullable<FleetView['steering']>;
  /** Receives what steers each account's run, which then waits where it cannot go on. */
  readonly childSteering?: NonNullable<FleetView['childSteering']>;
  readonly gates?: Gates;
  readonly override?: string;
  /** Receives what an operator who does not look is called with. */
  readonly told?: (line: Json) => void;
}

/** What one process came to. */
export interface FleetLeft {
  readonly exitCode: number;
  readonly state: FleetState;
  readonly closing: FleetClosing;
  readonly events: readonly FleetEvent[];
  readonly waves: readonly WaveQuestion[];
  /** Questions of accounts' runs that the operator was asked. */
  readonly beyond: readonly RunQuestion[];
}

/** The parts of a simulated fleet that a process works with. */
interface FleetWorld {
  readonly endpoint: string;
  readonly stateHome: string;
  readonly clock: ClockPort;
  readonly accounts?: SimulatedFleet['accounts'];
}

const limits: FleetLimits = {
  canary: 1,
  wave: {percent: 100},
  tolerate: 1,
  soakSeconds: 0,
  maxDeleting: 10,
  looking: 4,
};

/** Runs a fleet over every account of a simulated one. */
export function fleetRun(world: FleetWorld, manner: FleetManner = {}): Promise<FleetLeft> {
  const loaded = findRunbook(manner.runbook ?? 'delete-service-linked-role');
  const accounts = manner.accounts ?? [...(world.accounts?.keys() ?? [])].map((id) => ({id}));
  const order = {
    loaded,
    inputs: inputValues(
      loaded.runbook,
      manner.inputs ?? (manner.runbook === undefined ? ['pollSeconds=1'] : []),
    ),
    mode: manner.mode ?? ('live' as const),
    regions: manner.regions ?? [],
    defaults: manner.defaults,
    limits: {...limits, ...manner.limits},
    chosen: {accounts, skipped: []},
    role: fleetRole,
    answers: {waive: [], ...manner.answers},
    ...defined({gates: manner.gates, override: manner.override}),
  };
  return watched(world, manner, (connection, around) => executeFleet({...order, connection}, around));
}

/** Goes on with a fleet. */
export function fleetResumed(world: FleetWorld, file: string, manner: FleetManner = {}): Promise<FleetLeft> {
  const given = {file, answers: {waive: [], ...manner.answers}, override: manner.override};
  return watched(world, manner, (connection, around) => resumeFleet({...given, connection}, around));
}

async function watched(
  world: FleetWorld,
  {slowly = 0, wave = agree, child = refuse, published, happened, steering, childSteering, told}: FleetManner,
  run: (connection: ConnectionOptions, around: FleetSurroundings) => Promise<number>,
): Promise<FleetLeft> {
  const {endpoint} = world;
  const way = sharedWay({endpoint, credentials: simulatedCredentials}, 20);
  const gently = new AbortController();
  const stop = (): void => gently.abort('SIGINT');
  const events: FleetEvent[] = [];
  const waves: WaveQuestion[] = [];
  const beyond: RunQuestion[] = [];
  let closing: FleetClosing | undefined;
  const view: FleetView = {
    opening: () => undefined,
    publish: (state, batch) => {
      events.push(...batch);
      published?.(state, batch, stop);
    },
    child: (account, state, batch) => happened?.(account, batch, stop, state),
    askWave: async (question, _state, signal) => {
      waves.push(question);
      if (slowly > 0) await world.clock.until(world.clock.now() + slowly, signal);
      return wave(question);
    },
    askChild: async (account, question) => {
      beyond.push(question);
      return child(account, question);
    },
    close: async (last) => {
      closing = last;
    },
    ...defined({steering, childSteering}),
  };
  const exitCode = await run(way.options, {
    view: told === undefined ? view : notifyingFleet(view, told, world.clock),
    stopper: {
      interruption: {gently: gently.signal, atOnce: new AbortController().signal},
      stop,
      release: () => undefined,
    },
    clock: world.clock,
    env: {XDG_STATE_HOME: world.stateHome},
  }).finally(() => way.close());
  if (closing === undefined) throw new Error('the view was never closed');
  return {exitCode, state: closing.state, closing, events, waves, beyond};
}

function agree({typeToConfirm}: WaveQuestion): FleetAnswer {
  return {accepted: true, by: 'kim', typed: typeToConfirm};
}

function refuse(): FleetAnswer {
  return {accepted: false, by: 'kim'};
}
