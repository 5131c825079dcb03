import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';

// A simulator in a process of its own, so that its work is nobody else's. NarratedEvent `report` it sends what it was asked.
const simulator = await startSimulator(loadScenario(process.argv[2] ?? ''));
process.send?.({endpoint: simulator.endpoint});
process.on('message', () => {
  process.send?.({
    requests: simulator.requests.map(({service, region, operation, status}) => ({
      service,
      region,
      operation,
      status,
    })),
  });
});
process.on('disconnect', () => process.exit(0));
