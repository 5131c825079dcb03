import type {Simulator} from '../simulator/server.ts';
import {canAsk} from '../ui/choose-view.ts';
import type {Command} from '../cli/command.ts';
import {UsageError} from '../cli/usage-error.ts';
import {simulatedCredentials} from '../runs/simulated-credentials.ts';
import {withOrder} from '../runs/start-with-view.ts';

/** Speed of the demo's AWS against real time: a cancelled build is gone in 2 s instead of 8. */
const speed = 4;
/** Waits short enough to watch. */
const demoInputs = ['pollSeconds=1', 'retryWaitSeconds=8'];

export const demoCommand: Command = {
  name: 'demo',
  purpose: 'step through the role removal against a simulated AWS; nothing real is touched',
  usage: '[options]',
  options: [
    {name: 'fleet', help: 'step through it in the 60 accounts of a simulated organization'},
    {name: 'json', help: 'write one event a line, as JSON'},
  ],
  async run(args) {
    const [extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`the demo is always the same, and takes no ${extra}`);
    const json = args.flag('json');
    if (args.flag('fleet')) return (await import('./fleet/demo-fleet.ts')).demoFleet(json, demoInputs);
    let simulator: Simulator | undefined;
    try {
      return await withOrder({json}, async () => {
        const [{readyRunbook}, {inputValues}, {loadScenario}, {startSimulator}] = await Promise.all([
          import('../runs/runbooks/prebuilt-runbooks.ts'),
          import('../runbook/inputs.ts'),
          import('../simulator/scenario/load.ts'),
          import('../simulator/server.ts'),
        ]);
        const name = 'delete-service-linked-role';
        const loaded =
          readyRunbook(name) ?? (await import('../runs/runbooks/find-runbook.ts')).findRunbook(name);
        simulator = await startSimulator(loadScenario('default'), {speed});
        return {
          loaded,
          inputs: inputValues(loaded.runbook, demoInputs),
          mode: 'live',
          simulation: true,
          regions: [],
          connection: {endpoint: simulator.endpoint, credentials: simulatedCredentials},
          answers: {yes: false, confirm: [], everything: json || !canAsk(), waive: []},
        };
      });
    } finally {
      await simulator?.close();
    }
  },
};
