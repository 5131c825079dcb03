import {pacedPort} from '../../source/aws/call/rate-limited-port.ts';
import type {AwsPort} from '../../source/engine/model/ports.ts';
import {virtualClock} from '../engine/virtual-clock.ts';

export interface BucketSetup {
  /** Calls a second that AWS allows, one after the other, each for `phaseMs`. */
  readonly rates: readonly number[];
  readonly phaseMs: number;
  /** Tokens of a full bucket, in seconds of the rate. */
  readonly burstSeconds: number;
  readonly latencyMs: number;
  /** Callers that call again as soon as they were answered. */
  readonly callers: number;
}

interface Phase {
  readonly allowed: number;
  accepted: number;
  throttled: number;
}

/** Calls as fast as the pace lets them against a token bucket, on a clock that only waiting moves. */
export async function throughBucket(setup: BucketSetup): Promise<readonly Phase[]> {
  const {rates, phaseMs, burstSeconds, latencyMs, callers} = setup;
  const clock = virtualClock(0);
  const phases = rates.map((rate): Phase => ({allowed: (rate * phaseMs) / 1000, accepted: 0, throttled: 0}));
  const phaseNow = (): number => Math.min(rates.length - 1, Math.floor(clock.now() / phaseMs));
  const full = (): number => Math.max(1, (rates[phaseNow()] ?? 0) * burstSeconds);
  let [tokens, asOf] = [full(), 0];
  const aws: AwsPort = {
    renew: async () => ({works: true, fresh: true}),
    call: async () => {
      await clock.until(clock.now() + latencyMs / 2, never());
      tokens = Math.min(full(), tokens + ((rates[phaseNow()] ?? 0) * (clock.now() - asOf)) / 1000);
      asOf = clock.now();
      const ok = tokens >= 1;
      if (ok) tokens -= 1;
      const phase = phases[phaseNow()];
      if (phase !== undefined) phase[ok ? 'accepted' : 'throttled'] += 1;
      await clock.until(clock.now() + latencyMs / 2, never());
      if (ok) return {ok, output: {}, ms: latencyMs, unmodeled: []};
      return {ok, fault: {kind: 'throttled', name: 'Throttling', message: 'Rate exceeded'}, ms: latencyMs};
    },
  };
  const port = pacedPort(aws, clock);
  const random = numbersFrom(7);
  const end = rates.length * phaseMs;
  const request = {operation: 'imagebuilder:ListImagePipelines', region: 'eu-west-1', input: {}};
  const caller = async (): Promise<void> => {
    for (let attempt = 1; clock.now() < end;) {
      const {ok} = await port.call(request, never());
      // The engine's own waits after a throttled call: full jitter, doubled each time.
      if (!ok) await clock.until(clock.now() + random() * 1000 * 2 ** (attempt - 1), never());
      attempt = ok ? 1 : Math.min(5, attempt + 1);
    }
  };
  let atWork = callers;
  for (let index = 0; index < callers; index += 1) {
    void caller().finally(() => {
      atWork -= 1;
    });
  }
  await clock.passUntil(() => atWork === 0);
  return phases;
}

/** A signal of its own for each wait: one for all would gather their listeners. */
function never(): AbortSignal {
  return new AbortController().signal;
}

/** Numbers from 0 to below 1 that follow from the seed alone. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
