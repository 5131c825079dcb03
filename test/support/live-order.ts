import {inputValues} from '../../source/runbook/inputs.ts';
import type {Order} from '../../source/runs/order.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {yesToAll, type SimulatedAccount} from './simulated-account.ts';

/** An order for the removal of the role in an account, live, that agrees to everything unless `more` says otherwise. */
export function liveOrder({connection}: SimulatedAccount, more: Partial<Order> = {}): Order {
  const loaded = findRunbook('delete-service-linked-role');
  return {
    loaded,
    inputs: inputValues(loaded.runbook, []),
    mode: 'live',
    simulation: false,
    regions: [],
    connection,
    answers: yesToAll,
    ...more,
  };
}
