import type {CallAction, Decision} from '../../source/engine/model/decision.ts';
import type {Event, Happening, Item, RunMode, RunQuestion} from '../../source/engine/model/events.ts';
import type {Json} from '../../source/data/json.ts';
import type {Fault, FaultKind} from '../../source/engine/model/fault.ts';
import {stamp, type CallOutcome} from '../../source/engine/model/ports.ts';
import {defaultLimits, type Program} from '../../source/engine/model/program.ts';
import {outlineOf} from '../../source/engine/outline.ts';
import type {ItemProgress, Lane, RunState} from '../../source/engine/model/state.ts';
import {decide} from '../../source/engine/decide/decide.ts';
import {steer, type Command} from '../../source/engine/decide/operator-commands.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {workIn} from '../../source/engine/evolve/active-steps.ts';
import type {ListOutcome} from '../../source/engine/respond/list-reader.ts';
import {settle} from '../../source/engine/respond/interpret-response.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {boxService} from './models.ts';

export interface TurnsOptions {
  readonly regions?: readonly string[];
  readonly mode?: RunMode;
  readonly inputs?: Readonly<Record<string, Json>>;
  /** Members of the program that are other than a plain run's. */
  readonly program?: Partial<Program>;
}

/** A program over {@link boxService}; `steps` is the YAML of its list of steps. */
export function programOf(steps: string, more: Partial<Program> = {}): Program {
  const text = `handrail: 1\nname: boxes\ntitle: Boxes\nsteps:\n${steps}`;
  const operations = new Map(boxService.map((one) => [one.name, one]));
  const {runbook} = parseRunbook('boxes.yaml', text);
  return {runbook, operations, limits: defaultLimits, attended: false, waive: [], ...more};
}

/** The first event of a run of a program. */
export function runStarted(
  program: Program,
  options: TurnsOptions = {},
): Extract<Event, {type: 'run-started'}> {
  const {name, title} = program.runbook;
  return {
    type: 'run-started',
    at: 0,
    run: 'turns',
    runbook: {name, title, file: 'boxes.yaml', text: '', sha256: ''},
    steps: outlineOf(program),
    inputs: options.inputs ?? {},
    mode: options.mode ?? 'live',
    simulation: true,
    identity: {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/kim', partition: 'aws'},
    regions: options.regions ?? ['eu-west-1'],
    regionSource: 'named',
    notes: [],
    versions: {},
  };
}

export function faultOf(kind: FaultKind, name: string, message = `simulated ${name}`): Fault {
  return {kind, name, message};
}

/** Names of what happened, the way a journal has them. */
export function typesOf(happenings: readonly Happening[]): readonly string[] {
  return happenings.map(({type}) => type);
}

/**
 * A run in a test's hands: it goes on when the test says so, every answer and every moment is the test's. What it
 * would send, journal and ask is what the real loop would, by the same `decide`, `settle` and `evolve`.
 */
export class Turns {
  readonly program: Program;
  readonly events: Event[] = [];
  state: RunState = initialState;
  now = 0;
  #tokens = 0;

  constructor(steps: string, options: TurnsOptions = {}) {
    this.program = programOf(steps, options.program);
    this.record([runStarted(this.program, options)]);
  }

  /** Records what is to be recorded, and starts the calls that are to be made. Returns what was decided last. */
  turn(): Decision {
    for (;;) {
      const decision = decide(this.program, this.state, this.now, () => `token-${(this.#tokens += 1)}`);
      if (decision.records.length > 0) {
        this.record(decision.records);
        continue;
      }
      this.record(decision.calls.map(({intent}) => intent));
      if (decision.ask !== undefined) this.record([{type: 'asked', question: decision.ask}]);
      return decision;
    }
  }

  /** The calls that a turn starts. */
  calls(): readonly CallAction[] {
    return this.turn().calls;
  }

  /** The one call that a turn starts. Throws when it is not one. */
  call(): CallAction {
    const calls = this.calls();
    const [only] = calls;
    if (only === undefined || calls.length > 1)
      throw new Error(`${calls.length} calls, where one was expected`);
    return only;
  }

  /** AWS answers a call. Returns what happened. */
  answer(
    action: CallAction,
    output: Json,
    more: {readonly nextToken?: string; readonly unmodeled?: readonly string[]} = {},
  ): readonly Happening[] {
    return this.outcome(action, {ok: true, output, ms: 1, unmodeled: [], ...more});
  }

  /** AWS, or what is between, refuses a call. Returns what happened. */
  refuse(action: CallAction, fault: Fault): readonly Happening[] {
    return this.outcome(action, {ok: false, fault, ms: 1});
  }

  outcome(action: CallAction, outcome: CallOutcome, random = 0.5): readonly Happening[] {
    return this.settle(action, {outcome}, random);
  }

  /** A call has come back, maybe as the last page of a list. Returns what happened. */
  settle(action: CallAction, came: ListOutcome, random = 0.5): readonly Happening[] {
    const {program, state, now} = this;
    const happenings = settle({program, state, action, ...came, now, random});
    this.record(happenings);
    return happenings;
  }

  /** The operator agrees to what a turn asks. Returns the question. */
  agree(): RunQuestion {
    const {ask} = this.turn();
    if (ask === undefined) throw new Error('nothing was asked');
    const {step} = ask;
    this.record([{type: 'answered', step, accepted: true, by: 'test'}]);
    if (ask.kind !== 'resend') this.record([{type: 'step-succeeded', step, output: true}]);
    return ask;
  }

  /** The operator gives a command. Returns what happened. */
  command(command: Command): readonly Happening[] {
    const happenings = steer(this.program, this.state, command, 'test');
    this.record(happenings);
    return happenings;
  }

  /** The process dies, and another goes on after a while. */
  resume(laterMs = 0, lookAgainFrom?: string): void {
    this.pass(laterMs);
    this.record([
      {type: 'resumed', by: 'test', versions: {}, ...(lookAgainFrom === undefined ? {} : {lookAgainFrom})},
    ]);
  }

  pass(ms: number): void {
    this.now += ms;
  }

  record(happenings: readonly Happening[]): void {
    for (const happening of happenings) {
      const event = stamp(happening, this.now);
      this.events.push(event);
      this.state = evolve(this.state, event);
    }
  }

  /** A Region's lane; the account's when none is named. */
  lane(region?: string): Lane {
    const lane = region === undefined ? this.state.account : this.state.lanes.get(region);
    if (lane === undefined) throw new Error(`no lane ${region}`);
    return lane;
  }

  /** The items of a step that is under way in a lane. */
  items(step: string, region?: string): readonly ItemProgress[] {
    return [...(workIn(this.lane(region), step)?.items ?? [])];
  }
}

/** An item, as a step's beginning lists it. */
export function itemNamed(key: string, value: Json = key): Item {
  return {key, value};
}
