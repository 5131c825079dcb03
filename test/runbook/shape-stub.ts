import type {Json, JsonObject} from '../../source/data/json.ts';
import type {Event, PlannedChange, RunQuestion} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {stamp, type AwsPort, type CallRequest} from '../../source/engine/model/ports.ts';
import {modelOf, type Program} from '../../source/engine/model/program.ts';
import {outlineOf} from '../../source/engine/outline.ts';
import {run} from '../../source/engine/run.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import type {Shape} from '../../source/runbook/operation.ts';
import {misfit} from '../../source/runbook/request-value.ts';
import {virtualClock} from '../engine/virtual-clock.ts';

/** An answer of an operation's shape: every member is there, each list has one item. */
function answerOf(shape: Shape, name: string, depth: number, without?: string): Json {
  switch (shape.kind) {
    case 'structure':
      return Object.fromEntries(
        depth === 0
          ? []
          : [...shape.members()]
              .filter(([member]) => member !== without)
              .map(([member, inner]) => [member, answerOf(inner.shape, member, depth - 1)]),
      );
    case 'list':
      return depth === 0 ? [] : [answerOf(shape.item() ?? shape, name, depth - 1)];
    case 'map':
      return {};
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'timestamp':
      return '2026-11-27T08:00:00.000Z';
    default:
      return /arn$/i.test(name) ? 'arn:aws:imagebuilder:eu-west-1:123456789012:image/one/1.0.0/1' : 'one';
  }
}

/** What a run of a program came to. */
export interface Ran {
  readonly state: RunState;
  readonly events: readonly Event[];
  /** Requests and answers that are not of their shapes. */
  readonly odd: readonly string[];
}

/** How a program is run against the stub. */
export interface StubOptions {
  /** Whether the operator agrees to everything. */
  readonly accepts: boolean;
  /** Values of inputs; a default otherwise. */
  readonly inputs: JsonObject;
  /** Answers in the shapes' place, where it gives an answer. `now` is in ms since the epoch. */
  readonly answer?: (request: CallRequest, now: number) => Json | undefined;
}

/** Runs a program against a stub that answers from the SDK's shapes. Each request and answer is held against its own. */
export async function ran(program: Program, {accepts, inputs: given, answer}: StubOptions): Promise<Ran> {
  const clock = virtualClock(Date.parse('2026-11-27T08:00:00Z'));
  const odd: string[] = [];
  const aws: AwsPort = {
    async call(request) {
      const {operation, input} = request;
      const model = modelOf(program, operation);
      const given = answer?.(request, clock.now());
      const wrong =
        misfit(input, model.input) ?? (given === undefined ? undefined : oddAnswer(given, model.output));
      if (wrong !== undefined) odd.push(`${operation}: ${wrong}`);
      await clock.until(clock.now() + 10, new AbortController().signal);
      return {
        ok: true,
        output: given ?? answerOf(model.output, '', 4, model.pages?.outputToken),
        ms: 1,
        unmodeled: [],
      };
    },
    renew: async () => ({works: true, fresh: true}),
  };
  const inputs = Object.fromEntries(
    Object.entries(program.runbook.inputs).map(([name, input]) => [
      name,
      given[name] ?? ('default' in input ? ((input.default ?? '') as Json) : ''),
    ]),
  );
  const first = stamp(
    {
      type: 'run-started',
      run: 'mutant',
      runbook: {name: program.runbook.name, title: program.runbook.title, file: '', text: '', sha256: ''},
      steps: outlineOf(program),
      inputs,
      mode: 'live',
      simulation: true,
      identity: {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/kim', partition: 'aws'},
      regions: ['eu-west-1', 'us-east-1'],
      regionSource: 'named',
      notes: [],
      versions: {},
    },
    clock.now(),
  );
  const events: Event[] = [first];
  let tokens = 0;
  let state: RunState | undefined;
  let failed: unknown;
  run({
    program,
    ports: {
      aws,
      clock,
      operator: {
        ask: async (question) => ({
          accepted: accepts,
          by: 'test',
          ...(question.kind === 'type-text' && accepts ? {typed: question.typeToConfirm} : {}),
        }),
      },
      journal: {append: async (batch) => void events.push(...batch)},
      chance: {random: () => 0.5, token: () => `token-${(tokens += 1)}`},
    },
    from: evolve(initialState, first),
    publish() {},
    interruption: {gently: new AbortController().signal, atOnce: new AbortController().signal},
  }).then(
    (ended) => (state = ended),
    (error: unknown) => (failed = error ?? new Error('it threw nothing')),
  );
  await clock.passUntil(() => state !== undefined || failed !== undefined);
  if (state === undefined) throw failed;
  return {state, events, odd};
}

/** Returns why an answer is not of its shape. */
function oddAnswer(answer: Json, shape: Shape): string | undefined {
  const members = answer as JsonObject;
  const stray = Object.keys(members).find((name) => !shape.members().has(name));
  return stray === undefined ? misfit(members, shape) : `no answer has ${stray}`;
}

/** A request. */
export type CallStarted = Extract<Event, {type: 'call-started'}>;

/** The changes that were sent. */
export function changesIn(events: readonly Event[]): readonly CallStarted[] {
  return events.filter(
    (event): event is CallStarted => event.type === 'call-started' && event.effect === 'change',
  );
}

/** Changes that no accepted confirmation showed, with just this request. */
export function unagreed({operations}: Program, events: readonly Event[]): readonly CallStarted[] {
  let open: RunQuestion | undefined;
  const agreed: PlannedChange[] = [];
  return events.filter((event): event is CallStarted => {
    if (event.type === 'asked') open = event.question;
    if (event.type === 'answered' && event.accepted && open?.step === event.step)
      agreed.push(...open.changes);
    if (event.type !== 'call-started' || event.effect !== 'change') return false;
    const input = event.input as JsonObject;
    return !agreed.some(
      ({step, region, operation, target, request}) =>
        step === event.step &&
        region === event.region &&
        operation === event.operation &&
        target === event.item &&
        request !== undefined &&
        Object.entries(request).every(
          ([member, value]) =>
            // Some members of an update are its read's alone.
            operations.get(operation)?.input.members().has(member) === false ||
            JSON.stringify(input[member]) === JSON.stringify(value),
        ),
    );
  });
}
