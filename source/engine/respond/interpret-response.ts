import {requestFault} from '../requests/unsafe-request.ts';
import {byId} from '../../data/by-id.ts';
import type {Happening} from '../model/events.ts';
import type {Fault} from '../model/fault.ts';
import {itemIn} from '../evolve/item-updates.ts';
import {placeOf} from '../model/place.ts';
import {callSucceeded, endOfCall, failed, type Settled, type Settlement} from '../outcome/response-events.ts';
import {callsOf} from '../actions/actions.ts';
import {workIn} from '../evolve/active-steps.ts';

/** The events that an answer amounts to. Pure. */
export function settle(settlement: Settlement): readonly Happening[] {
  const {program, state, action} = settlement;
  const {intent} = action;
  const lane = intent.region === undefined ? state.account : state.lanes.get(intent.region);
  const step = byId(program.runbook.steps, intent.step);
  const item = itemIn(workIn(lane, intent.step)?.items, intent.item);
  if (lane === undefined || step === undefined || item === undefined) return [];
  const settled = {...settlement, lane, step, item};
  try {
    return outcomeEvents(settled);
  } catch (error) {
    // The call is over, and what was changed is changed: a mistake of the runbook only ends its item.
    const fault = faultAfter(intent.effect === 'change' && settlement.outcome.ok, error);
    return [endOfCall(settled), {type: 'item-failed', item: item.key, fault, ...placeOf(lane, step.id)}];
  }
}

function outcomeEvents(settled: Settled): readonly Happening[] {
  const {outcome} = settled;
  const {action} = settled.step;
  const calls = callsOf(action);
  if (!outcome.ok && calls.refused === undefined) return failed(settled, outcome.fault);
  if (outcome.ok && outcome.nextToken !== undefined) {
    return [{...callSucceeded(settled.action, outcome), more: true}];
  }
  return outcome.ok ? calls.answered(action, settled, outcome) : (calls.refused?.(action, settled) ?? []);
}

/** The fault of an answer that could not be worked on. It is never AWS's: what makes no sense is refused before. */
function faultAfter(changed: boolean, error: unknown): Fault {
  const fault = requestFault(error);
  if (!changed) return fault;
  const remedy = 'the change was made and is in the journal: correct the runbook before it runs again';
  return {...fault, remedy};
}
