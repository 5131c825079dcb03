import {sharedWay} from '../../aws/connection/shared-way.ts';
import {inputValues} from '../../runbook/inputs.ts';
import {chosenAccounts} from '../../runs/accounts/chosen-accounts.ts';
import {executeFleet} from '../../runs/fleet/start-fleet.ts';
import {withFleetView} from '../../runs/fleet/with-fleet-view.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';
import {simulatedCredentials} from '../../runs/simulated-credentials.ts';
import {loadScenario} from '../../simulator/scenario/load.ts';
import {startSimulator} from '../../simulator/server.ts';
import {canAsk} from '../../ui/choose-view.ts';
import {defaultRole} from './options.ts';

/** Speed of the simulated organization against real time. */
const speed = 4;
const everything = {ous: [], tags: [], only: [], exclude: []};

/**
 * Steps through the role removal in a simulated organization. Where nobody can be asked it looks everywhere and changes
 * nothing. Returns the exit code.
 */
export async function demoFleet(json: boolean, inputs: readonly string[]): Promise<number> {
  const simulator = await startSimulator(loadScenario('fleet'), {speed});
  const way = sharedWay({endpoint: simulator.endpoint, credentials: simulatedCredentials});
  try {
    const loaded = findRunbook('delete-service-linked-role');
    const {signal} = new AbortController();
    const asking = {connection: way.options, env: {}, signal};
    const chosen = await chosenAccounts('org', everything, asking);
    const order = {
      loaded,
      inputs: inputValues(loaded.runbook, inputs),
      mode: json || !canAsk() ? ('plan' as const) : ('live' as const),
      simulation: true as const,
      regions: [],
      limits: {canary: 1, wave: {percent: 25}, tolerate: 2, soakSeconds: 0, maxDeleting: 10, looking: 8},
      chosen,
      role: defaultRole,
      connection: way.options,
      answers: {waive: []},
    };
    return await withFleetView({json}, (around) => executeFleet(order, around));
  } finally {
    way.close();
    await simulator.close();
  }
}
