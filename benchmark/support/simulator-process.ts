import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';

// Runs a simulator in a separate process, so that its work counts for no subject. On the message `report` it
// sends its counts.
const simulator = await startSimulator(loadScenario(process.argv[2] ?? ''));
process.send?.({endpoint: simulator.endpoint});
process.on('message', () => {
  process.send?.({
    requests: simulator.requests.map(({service, region, operation, status, errorType}) => ({
      service,
      region,
      operation,
      status,
      // Services refuse it with 400 or 429.
      throttled: errorType !== undefined && /throttl|ratelimit|toomanyrequests/i.test(errorType),
    })),
    roleIsGone: simulator.account().role === null,
  });
});
process.on('disconnect', () => process.exit(0));
