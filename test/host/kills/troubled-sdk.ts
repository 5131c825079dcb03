import type {Sdk} from '../../../source/host/restate/sdk.ts';
import type {HostCall} from '../../../source/host/messages.ts';
import {inRealTime} from './fast-time.ts';
import type {Moment, Trouble} from './worker-order.ts';

interface TroubleOptions {
  /** Of the clock: the engine's delays are real time. */
  readonly factor: number;
  readonly trouble?: Trouble;
}

/** A handler, as far as it is looked at here. */
type Handler = (ctx: Context, parameter: unknown) => Promise<unknown>;

interface Context {
  run<T>(step: string, action: () => T | Promise<T>): Promise<T>;
  genericSend(message: {readonly delay?: number}): void;
  request(): {readonly id: {toString(): string}};
}

type Reached = (step: string, moment: Moment, invocation: string, operation?: string) => void;

/** Returns an SDK whose handlers meet trouble. A shared handler, which only reads, meets none. */
export function troubled(sdk: Sdk, {factor, trouble}: TroubleOptions): Sdk {
  const reached = trouble === undefined ? () => undefined : reachedIn(trouble);
  const troubledHandler =
    (handler: Handler): Handler =>
    (ctx, parameter) =>
      handler(troubledContext(ctx, reached, factor, operationOf(parameter)), parameter);
  const troubledService = (definition: {readonly handlers: Readonly<Record<string, unknown>>}): unknown => ({
    ...definition,
    handlers: Object.fromEntries(
      Object.entries(definition.handlers).map(([name, handler]) => [
        name,
        ['start', 'arrived', 'call'].includes(name) ? troubledHandler(handler as Handler) : handler,
      ]),
    ),
  });
  return {
    ...sdk,
    object: (definition: never) => sdk.object(troubledService(definition) as never),
    service: (definition: never) => sdk.service(troubledService(definition) as never),
  } as Sdk;
}

function troubledContext(ctx: Context, reached: Reached, factor: number, operation?: string): Context {
  let steps = 0;
  const own: Partial<Context> = {
    run: async (step, action) => {
      steps += 1;
      const id = `${ctx.request().id.toString()} ${steps}`;
      const result = await ctx.run(step, async () => {
        reached(step, 'before', id, operation);
        const decided = await action();
        reached(step, 'decided', id, operation);
        return decided;
      });
      reached(step, 'kept', id, operation);
      return result;
    },
    genericSend: (message) =>
      inRealTime(() =>
        ctx.genericSend(
          message.delay === undefined ? message : {...message, delay: Math.ceil(message.delay / factor)},
        ),
      ),
  };
  return new Proxy(ctx, {
    get: (target, name) => {
      const member: unknown = Reflect.get(own, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function reachedIn(trouble: Trouble): Reached {
  if (trouble.kind === 'twins') return cutOnce();
  let count = 0;
  return (step, moment, _invocation, operation) => {
    if (step !== trouble.step || moment !== trouble.moment) return;
    if (trouble.operation !== undefined && operation !== trouble.operation) return;
    count += 1;
    if (count === trouble.nth) process.kill(trouble.pid ?? process.pid, 'SIGKILL');
  };
}

/** Cuts a handler off behind each of its steps, the first time that it comes there. */
function cutOnce(): Reached {
  const cut = new Set<string>();
  return (step, moment, invocation) => {
    const place = `${invocation} ${step}`;
    if (moment !== 'kept' || cut.has(place)) return;
    cut.add(place);
    throw new Error('cut off by the test');
  };
}

function operationOf(parameter: unknown): string | undefined {
  return (parameter as Partial<HostCall> | undefined)?.action?.intent.operation;
}
