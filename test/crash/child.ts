import type {ConnectionOptions} from '../../source/aws/connection/connection.ts';
import type {Surroundings} from '../../source/runs/drive-run.ts';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import {resume} from '../../source/runs/resume-run.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {recordingView} from '../support/recording-view.ts';
import {arm} from './arm.ts';
import type {ChildOrder} from './child-order.ts';
import {clockOn} from './factor-clock.ts';

/** The process that the crash tests kill: one run or one resumption, with nobody at the terminal. */
const order = JSON.parse(process.argv[2] ?? '') as ChildOrder;
const roleName = 'AWSServiceRoleForImageBuilder';
const pace = ['pollSeconds=0.5', 'retryWaitSeconds=1'];

async function main(): Promise<number> {
  arm(order.kill);
  const connection = {endpoint: order.endpoint, credentials: simulatedCredentials};
  const answers = {yes: true, confirm: [roleName], everything: false, waive: []};
  const view = recordingView();
  const quiet = new AbortController().signal;
  const surroundings = {
    view,
    stopper: {interruption: {gently: quiet, atOnce: quiet}, stop: () => {}, release: () => {}},
    clock: clockOn(order.clock),
    env: {XDG_STATE_HOME: order.stateHome},
  };
  const code = await runOrResume(connection, answers, surroundings);
  if (view.closing?.error !== undefined) process.stderr.write(`${view.closing.error}\n`);
  return code;
}

function runOrResume(
  connection: ConnectionOptions,
  answers: GivenAnswers,
  surroundings: Surroundings,
): Promise<number> {
  if (order.file !== undefined)
    return resume({file: order.file, connection, answers, override: order.override}, surroundings);
  const loaded = findRunbook('delete-service-linked-role');
  const inputs = inputValues(loaded.runbook, pace);
  const run = {loaded, inputs, mode: 'live' as const, simulation: false, regions: [], connection, answers};
  const {gates} = order;
  return execute({...run, gates}, surroundings);
}

process.exitCode = await main();
