import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import {resume} from '../../source/runs/resume-run.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {yesToAll, type Outcome, type SimulatedAccount} from '../support/simulated-account.ts';

/** Removes the role from an account that stays there afterwards, so that the run can be gone on with. */
export async function removal(account: SimulatedAccount): Promise<Outcome> {
  const loaded = findRunbook('delete-service-linked-role');
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, []),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    connection: account.connection,
    answers: yesToAll,
  };
  return account.command((surroundings) => execute(order, surroundings));
}

/** Goes on with a run, in what would be another process. */
export async function goingOn(
  account: SimulatedAccount,
  {closing}: Outcome,
  answers: Partial<GivenAnswers> = {},
): Promise<Outcome> {
  const order = {
    file: closing.journal ?? '',
    connection: account.connection,
    answers: {...yesToAll, ...answers},
  };
  return account.command((surroundings) => resume(order, surroundings));
}
