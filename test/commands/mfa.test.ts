import {afterEach, expect, it} from 'vitest';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {ConnectionOptions} from '../../source/aws/connection/connection.ts';
import type {Question} from '../../source/engine/model/events.ts';
import type {Answer} from '../../source/engine/model/ports.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {initialState} from '../../source/engine/evolve/evolve.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedAccount, yesToAll, type SimulatedAccount} from '../support/simulated-account.ts';
import {recordingView} from '../support/recording-view.ts';

const role = 'arn:aws:iam::123456789012:role/images';
const serial = 'arn:aws:iam::123456789012:mfa/kim';

let account: SimulatedAccount;

afterEach(async () => {
  await account.close();
});

async function look(answer: (question: Question) => Answer, given: Partial<ConnectionOptions> = {}) {
  const clean = loadScenario('clean');
  const assumableRoles = [{arn: role, mfa: {serial, code: '123456'}}];
  account = await simulatedAccount({...clean, account: {...clean.account, assumableRoles}});
  const loaded = findRunbook('inspect-service-linked-role');
  const view = recordingView(answer);
  const exitCode = await account.command(async (surroundings) => {
    await surroundings.view.close({state: initialState});
    return execute(
      {
        loaded,
        inputs: inputValues(loaded.runbook, []),
        mode: 'live',
        simulation: false,
        regions: ['eu-west-1'],
        connection: {...account.connection, role: {arn: role, mfaSerial: serial}, ...given},
        answers: {...yesToAll, everything: false},
      },
      {...surroundings, view},
    );
  });
  return {exitCode: exitCode.exitCode, view};
}

it('asks the operator for the MFA code in the view, once, before anything else', async () => {
  const {exitCode, view} = await look(() => ({accepted: true, by: 'terminal', typed: '123456'}));
  expect(exitCode).toBe(0);
  expect(view.questions).toHaveLength(1);
  expect(view.questions[0]).toMatchObject({kind: 'code', message: expect.stringContaining(serial) as string});
  expect(JSON.stringify(view.events)).not.toContain('"123456"');
});

it('asks nobody when the code was given as an option', async () => {
  const {exitCode, view} = await look(() => ({accepted: false, by: 'nobody'}), {
    mfaCode: async () => '123456',
  });
  expect(exitCode).toBe(0);
  expect(view.questions).toEqual([]);
});

it('says which option gives the code where nobody can be asked', async () => {
  const {exitCode, view} = await look(() => ({accepted: false, by: 'nobody', missing: '--mfa-code'}));
  expect(exitCode).toBe(1);
  expect(view.closing?.error).toContain('--mfa-code');
});
