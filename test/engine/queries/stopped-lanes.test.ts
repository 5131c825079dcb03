import {expect, it} from 'vitest';
import {stoppedLanes, stoppedRegions} from '../../../source/engine/queries/stopped-lanes.ts';
import {faultOf, Turns} from '../turns.ts';

const regions = ['us-east-1', 'eu-west-1', 'eu-north-1'];

/** A look in three Regions; those that are named are refused. */
function stoppedIn(...refused: readonly string[]): Turns {
  const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {regions});
  for (const call of turns.calls()) {
    if (refused.includes(call.intent.region ?? '')) turns.refuse(call, faultOf('denied', 'AccessDenied'));
    else turns.answer(call, {});
  }
  turns.turn();
  return turns;
}

it('the Regions that something stopped come in the run’s order, without those that go on', () => {
  const {state} = stoppedIn('eu-north-1', 'us-east-1');
  expect(stoppedRegions(state).map(({region}) => region)).toEqual(['us-east-1', 'eu-north-1']);
  expect(stoppedRegions(stoppedIn().state)).toEqual([]);
});

it('a waived Region is not among them any more', () => {
  const turns = stoppedIn('eu-north-1', 'us-east-1');
  turns.record([{type: 'waived', region: 'us-east-1', by: 'test'}]);
  expect(stoppedRegions(turns.state).map(({region}) => region)).toEqual(['eu-north-1']);
});

it('the account’s lane comes before the Regions', () => {
  const {state} = stoppedIn('eu-west-1');
  const account = {...state.account, fault: faultOf('denied', 'AccessDenied')};
  const lanes = stoppedLanes({...state, account});
  expect(lanes.map(({region}) => region)).toEqual([undefined, 'eu-west-1']);
});
