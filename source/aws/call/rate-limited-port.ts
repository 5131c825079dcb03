import {ConcurrencyGate} from './concurrency-gate.ts';
import {
  accepted,
  rateOf,
  started,
  startOf,
  throttled,
  unhurried,
  type Begun,
  type Pace,
} from './rate-limit.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort, ClockPort} from '../../engine/model/ports.ts';
import {log} from '../../log/log.ts';

/**
 * A port that queues calls of an operation in a Region once AWS has throttled there. Once this host has run out of
 * a resource, fewer calls run in parallel.
 */
export function pacedPort(port: AwsPort, clock: ClockPort): AwsPort {
  const queues = new Map<string, CallQueue>();
  const gate = new ConcurrencyGate();
  return {
    renew: (signal) => port.renew(signal),
    call: async (request, signal) => {
      const key = `${request.operation} ${request.region ?? ''}`;
      const queue = queues.get(key) ?? new CallQueue(clock);
      queues.set(key, queue);
      const begun = await queue.turn(signal);
      if (begun.waited)
        log('paced', {operation: request.operation, region: request.region, perSecond: begun.rate});
      const outcome = await gate.pass(
        () => port.call(request, signal),
        ({ok, ...rest}) => !ok && 'fault' in rest && rest.fault.kind === 'local',
        signal,
      );
      queue.learn(begun, outcome);
      return outcome;
    },
  };
}

/** The part of an outcome that says how AWS counts. */
type Learned = {readonly ok: true} | {readonly ok: false; readonly fault: Pick<Fault, 'kind'>};

/** Calls of one operation in one Region, in the order in which they were wanted. */
export class CallQueue {
  readonly #clock: ClockPort;
  readonly #waiting = new Set<{readonly signal: AbortSignal; readonly go: () => void}>();
  #pace: Pace = unhurried;
  #serving = false;

  constructor(clock: ClockPort) {
    this.#clock = clock;
  }

  /** Waits until the call may start, or until `signal` aborts. */
  turn(signal: AbortSignal): Begun | Promise<Begun> {
    const now = this.#clock.now();
    if (signal.aborted) return this.#begun(true);
    if (this.#waiting.size === 0 && startOf(this.#pace, now) <= now) return this.#start(false);
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting.delete(call);
        resolve(this.#begun(true));
      };
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(this.#start(true));
      };
      const call = {signal, go};
      this.#waiting.add(call);
      signal.addEventListener('abort', leave, {once: true});
      void this.#serve();
    });
  }

  /** Takes in what became of a call. */
  learn(begun: Begun, outcome: Learned): void {
    const now = this.#clock.now();
    if (outcome.ok) this.#pace = accepted(this.#pace, begun, now);
    else if (outcome.fault.kind === 'throttled') this.#pace = throttled(this.#pace, begun, now);
  }

  async #serve(): Promise<void> {
    if (this.#serving) return;
    this.#serving = true;
    // A set yields what is added while it is gone through, too.
    for (const call of this.#waiting) {
      while (this.#waiting.has(call)) {
        // Looked up again after each wait: calls that are throttled meanwhile put it off.
        const at = startOf(this.#pace, this.#clock.now());
        if (at > this.#clock.now()) await this.#clock.until(at, call.signal);
        else if (this.#waiting.delete(call)) call.go();
      }
    }
    this.#serving = false;
  }

  #start(waited: boolean): Begun {
    const begun = this.#begun(waited);
    this.#pace = started(this.#pace, begun);
    return begun;
  }

  #begun(waited: boolean): Begun {
    return {at: this.#clock.now(), rate: rateOf(this.#pace), waited};
  }
}
