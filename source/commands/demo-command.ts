import {inputValues} from '../runbook/inputs.ts';
import {loadScenario} from '../simulator/scenario/load.ts';
import {startSimulator} from '../simulator/server.ts';
import {canAsk} from './choose-view.ts';
import type {Command} from './command.ts';
import {execute} from './execute.ts';
import {findRunbook} from './find-runbook.ts';
import {simulatedCredentials} from './simulated-credentials.ts';
import {withView} from './with-view.ts';

/** How much faster than real time the demo's AWS lives: a cancelled build is gone in 2 s instead of 8. */
const speed = 4;
/** Waits short enough to watch. */
const demoInputs = ['pollSeconds=1', 'retryWaitSeconds=8'];

export const demoCommand: Command = {
  name: 'demo',
  purpose: 'step through the role removal against a simulated AWS; nothing real is touched',
  usage: '[options]',
  options: {json: {type: 'boolean'}},
  optionHelp: [{usage: '--json', help: 'write one event a line, as JSON'}],
  async run(args) {
    const json = args.flag('json');
    const loaded = findRunbook('delete-service-linked-role');
    const simulator = await startSimulator(loadScenario('default'), {speed});
    try {
      const order = {
        loaded,
        inputs: inputValues(loaded.runbook, demoInputs),
        mode: 'live' as const,
        simulation: true,
        regions: [],
        connection: {endpoint: simulator.endpoint, credentials: simulatedCredentials},
        answers: {yes: false, confirm: [], everything: json || !canAsk(), waive: []},
      };
      return await withView(json, (surroundings) => execute(order, surroundings));
    } finally {
      await simulator.close();
    }
  },
};
