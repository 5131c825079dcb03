import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';

// The simulator of a soak has a process of its own: it keeps every request, and its memory counts for nobody.
const simulator = await startSimulator(loadScenario('calm'));
process.send?.(simulator.endpoint);
process.on('disconnect', () => process.exit(0));
