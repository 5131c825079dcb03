import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {FleetState} from '../../../source/fleet/state.ts';
import {inputValues} from '../../../source/runbook/inputs.ts';
import {chosenAccounts} from '../../../source/runs/accounts/chosen-accounts.ts';
import {executeFleet} from '../../../source/runs/fleet/start-fleet.ts';
import {findRunbook} from '../../../source/runs/runbooks/find-runbook.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../../source/simulator/server.ts';
import {createFleetScreen} from '../../../source/ui/fleet/screen/fleet-screen-view.tsx';
import {fastClock} from '../../support/fast-clock.ts';
import {hastyClock, keys, Terminal} from '../terminal.ts';

/** Speed of the simulated organization and of the fleet's waits. */
const speed = 60;

interface DemoFleet {
  readonly size: readonly [columns: number, rows: number];
  readonly env: {readonly [name: string]: string};
  /** Looks at the screen when a wave is asked about, and when the fleet has ended. */
  readonly atRest: (terminal: Terminal, state: FleetState) => void;
}

/** Runs the demo's fleet on the real screen, on an emulated terminal, over HTTP. The operator agrees to every wave. */
export async function demoFleetRun({size, env, atRest}: DemoFleet): Promise<void> {
  const clock = fastClock(speed);
  const {organization, ...scenario} = loadScenario('fleet');
  if (organization === undefined) throw new Error('the demo has an organization');
  // Roles are taken on at a pace in real time, of which this clock knows nothing: here AWS sets none.
  const {assumeRole: _pace, ...unpaced} = organization;
  const simulator = await startSimulator({...scenario, organization: unpaced}, {now: () => clock.now()});
  const terminal = new Terminal(...size);
  const screen = createFleetScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    now: () => clock.now(),
    onInterrupt: () => undefined,
    readRun: () => undefined,
    env,
  });
  const connection = {endpoint: simulator.endpoint, credentials: simulatedCredentials};
  const never = new AbortController().signal;
  try {
    const loaded = findRunbook('delete-service-linked-role');
    const everything = {ous: [], tags: [], only: [], exclude: []};
    const chosen = await chosenAccounts('org', everything, {connection, env: {}, signal: never});
    await executeFleet(
      {
        loaded,
        inputs: inputValues(loaded.runbook, []),
        mode: 'live',
        simulation: true,
        regions: [],
        limits: {canary: 1, wave: {percent: 25}, tolerate: 2, soakSeconds: 0, maxDeleting: 10, looking: 8},
        chosen,
        role: 'OrganizationAccountAccessRole',
        connection,
        answers: {waive: []},
      },
      {
        view: {
          ...screen,
          async askWave(question, state, signal) {
            const answer = screen.askWave(question, state, signal);
            await terminal.shows('> ▏');
            await terminal.atRest();
            atRest(terminal, state);
            terminal.press(question.typeToConfirm + keys.enter);
            return answer;
          },
          async close(closing) {
            const closed = screen.close(closing);
            await terminal.shows('Next');
            await terminal.atRest();
            atRest(terminal, closing.state);
            terminal.press('q');
            await closed;
          },
        },
        clock,
        env: {XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'handrail-demo-fleet-'))},
        stopper: {
          interruption: {gently: never, atOnce: never},
          stop: () => undefined,
          release: () => undefined,
        },
      },
    );
  } finally {
    clock.stop();
    await simulator.close();
  }
}
