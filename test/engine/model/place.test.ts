import {expect, it} from 'vitest';
import {Turns} from '../turns.ts';

it('the journal names the Region of what happens in one, and no Region for the account', () => {
  const turns = new Turns(
    '  - {id: look, title: Look, scope: region, call: box:GetBox}\n  - {id: act, title: Act, call: box:GetBox}',
  );
  turns.answer(turns.call(), {});
  turns.answer(turns.call(), {});
  turns.turn();
  const places = turns.events.flatMap((event) =>
    event.type === 'step-succeeded' ? [JSON.stringify({step: event.step, region: event.region})] : [],
  );
  expect(places).toEqual(['{"step":"look","region":"eu-west-1"}', '{"step":"act"}']);
});
