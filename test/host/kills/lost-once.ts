import {join} from 'node:path';
import {hostRun, type HostRun} from './host-run.ts';
import type {HostWorld} from './host-world.ts';

/** How often the role was created, and how often it was asked for: before the operator agreed to send it again, and in all. */
interface LostOnce {
  readonly made: number;
  readonly sentBefore: number;
  readonly sent: number;
  readonly faults: readonly string[];
  readonly asked: readonly string[];
  readonly status: string | undefined;
}

export const operation = 'CreateServiceLinkedRole';

/** A run that creates a role, with an operator who tries again what failed. */
export const creation = {
  scenario: join(import.meta.dirname, '../../../source/simulator/scenarios/no-role.yaml'),
  runbook: 'create-service-linked-role',
  inputs: ['pollSeconds=0.5'],
  published: (batch: HostRun['events'], {steer}: {steer(command: {readonly do: 'retry'}): void}): void => {
    if (batch.some(({type}) => type === 'step-failed')) steer({do: 'retry'});
  },
};

/** What comes of a creation whose worker dies when AWS has made it, with an operator who tries again and agrees to resend it. */
export async function lostOnce(world: HostWorld): Promise<LostOnce> {
  return lossIn(
    await hostRun(world, {
      ...creation,
      trouble: {kind: 'kill', step: 'call', nth: 1, moment: 'decided', operation: `iam:${operation}`},
    }),
  );
}

/** What came of a creation. */
export function lossIn({requests, events, questions}: HostRun): LostOnce {
  const sent = requests.filter((request) => request.operation === operation);
  const agreed = events.find((event) => event.type === 'answered' && event.step === 'create')?.at ?? 0;
  const ended = events.find((event) => event.type === 'run-ended');
  return {
    made: sent.filter(({status}) => status === 200).length,
    sentBefore: sent.filter(({at}) => at < agreed).length,
    sent: sent.length,
    faults: events.flatMap((event) =>
      event.type === 'item-failed' && event.step === 'create' ? [event.fault.name] : [],
    ),
    asked: questions.map(({kind}) => kind),
    status: ended?.status,
  };
}
