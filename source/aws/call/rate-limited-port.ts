import {ConcurrencyGate} from './concurrency-gate.ts';
import {slowedDown, take, unhurried, type Pace} from './rate-limit.ts';
import type {AwsPort, ClockPort} from '../../engine/model/ports.ts';

/**
 * A port that queues calls to a service in a Region once AWS has throttled there. Once this host has run out of
 * a resource, fewer calls run in parallel.
 */
export function pacedPort(port: AwsPort, clock: ClockPort): AwsPort {
  const paces = new Map<string, Pace>();
  const gate = new ConcurrencyGate();
  return {
    renew: (signal) => port.renew(signal),
    call: async (request, signal) => {
      const key = `${request.operation.split(':')[0]} ${request.region ?? ''}`;
      const turn = take(paces.get(key) ?? unhurried, clock.now());
      paces.set(key, turn.pace);
      if (turn.at > clock.now()) await clock.until(turn.at, signal);
      const outcome = await gate.pass(
        () => port.call(request, signal),
        ({ok, ...rest}) => !ok && 'fault' in rest && rest.fault.kind === 'local',
        signal,
      );
      if (!outcome.ok && outcome.fault.kind === 'throttled') {
        paces.set(key, slowedDown(paces.get(key) ?? unhurried, clock.now()));
      }
      return outcome;
    },
  };
}
