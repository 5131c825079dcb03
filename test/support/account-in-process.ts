import {randomUUID} from 'node:crypto';
import type {Json} from '../../source/data/json.ts';
import type {AwsPort, CallOutcome, CallRequest, ClockPort} from '../../source/engine/model/ports.ts';
import {populate} from '../../source/simulator/scenario/populate.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {ServiceError} from '../../source/simulator/service-error.ts';
import {services} from '../../source/simulator/services/catalogue.ts';
import {settleDeletionTasks} from '../../source/simulator/state/settle-deletion-tasks.ts';
import {surpriser} from '../../source/simulator/surprises.ts';

/** Names that requests are signed with, where a client is called otherwise. */
const signedFor: ReadonlyMap<string, string> = new Map([['eventbridge', 'events']]);

/** An AWS port with a simulated account behind it, without a wire: every call takes just the scenario's latency. */
export function accountInProcess(
  scenario: Scenario,
  clock: ClockPort,
): AwsPort & {readonly asked: CallRequest[]} {
  const account = populate(scenario, clock.now());
  const surprise = surpriser(account);
  const asked: CallRequest[] = [];

  function perform({operation: name, region = 'us-east-1', input}: CallRequest): CallOutcome {
    const [service = '', operation = ''] = name.split(':');
    const now = clock.now();
    settleDeletionTasks(account, now);
    surprise(name, now);
    const {caller} = scenario.account;
    const answer = services.get(signedFor.get(service) ?? service)?.operations[operation]?.({
      account,
      region,
      input,
      now,
      requestId: randomUUID(),
      caller,
    });
    if (answer === undefined) throw new Error(`nothing answers ${name}`);
    const {nextToken, ...output} = JSON.parse(JSON.stringify(answer)) as {nextToken?: string} & Record<
      string,
      Json
    >;
    return {
      ok: true,
      output,
      ms: scenario.latencyMs,
      unmodeled: [],
      ...(nextToken === undefined ? {} : {nextToken}),
    };
  }

  return {
    asked,
    call: async (request, signal) => {
      asked.push(request);
      const outcome = refusedOr(() => perform(request));
      await clock.until(clock.now() + scenario.latencyMs, signal);
      return outcome;
    },
    renew: async () => ({works: true, fresh: false}),
  };
}

function refusedOr(perform: () => CallOutcome): CallOutcome {
  try {
    return perform();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const {code: name, status, message} = error;
    return {ok: false, fault: {kind: status === 404 ? 'not-found' : 'invalid', name, message, status}, ms: 1};
  }
}
