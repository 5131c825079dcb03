import {describe, expect, it} from 'vitest';
import {faultOf, Turns, typesOf} from '../turns.ts';

const denied = faultOf('denied', 'AccessDenied');
const runbook = `
  - {id: look, title: Look, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ship, title: Ship, scope: region, skippable: true, call: box:ShipBox}
  - {id: act, title: Act, call: box:DeleteBox}`;

function attended(): Turns {
  return new Turns(runbook, {program: {attended: true}});
}

/** The run where the Region could not be looked at. */
function blind(): Turns {
  const turns = attended();
  turns.refuse(turns.call(), denied);
  turns.turn();
  return turns;
}

/** The run where the Region’s change was refused. */
function refused(): Turns {
  const turns = attended();
  turns.answer(turns.call(), {boxes: []});
  turns.agree();
  turns.refuse(turns.call(), denied);
  turns.turn();
  return turns;
}

const region = 'eu-west-1';

describe('a waiver', () => {
  it('is taken for a Region that could not be looked at, by its exact name', () => {
    expect(blind().command({do: 'waive', region, typed: region})).toEqual([
      {type: 'waived', region, by: 'test', typed: region},
    ]);
    for (const typed of ['', 'eu-west-2', 'EU-WEST-1', 'eu-west-1 ']) {
      expect(blind().command({do: 'waive', region, typed}), typed).toEqual([]);
    }
  });

  it('is not taken for a Region that is in use, still looked at, or none of the run’s', () => {
    expect(refused().command({do: 'waive', region, typed: region})).toEqual([]);
    expect(attended().command({do: 'waive', region, typed: region})).toEqual([]);
    expect(blind().command({do: 'waive', region: 'xx-none-1', typed: 'xx-none-1'})).toEqual([]);
  });
});

describe('a second try', () => {
  it('is of what failed, and of nothing else', () => {
    expect(blind().command({do: 'retry', region})).toEqual([{type: 'retried', by: 'test', region}]);
    expect(attended().command({do: 'retry', region})).toEqual([]);
    expect(blind().command({do: 'retry'})).toEqual([]);
  });
});

describe('skipping', () => {
  it('is of a step that failed and that the runbook lets be skipped', () => {
    const turns = refused();
    expect(turns.command({do: 'skip', region})).toMatchObject([
      {type: 'step-skipped', step: 'ship', region, by: 'test'},
    ]);
    expect(turns.call().intent.step).toBe('act');
  });

  it('is of no other step', () => {
    expect(blind().command({do: 'skip', region})).toEqual([]);
    expect(refused().command({do: 'skip'})).toEqual([]);
    expect(attended().command({do: 'skip', region})).toEqual([]);
  });
});

describe('a pause', () => {
  it('is begun once, and ended once', () => {
    const turns = attended();
    expect(turns.command({do: 'continue'})).toEqual([]);
    expect(typesOf(turns.command({do: 'pause'}))).toEqual(['paused']);
    expect(turns.command({do: 'pause'})).toEqual([]);
    expect(typesOf(turns.command({do: 'continue'}))).toEqual(['continued']);
    expect(turns.command({do: 'continue'})).toEqual([]);
  });
});

it('nothing that is said to a run that has ended, or was interrupted, changes it', () => {
  const ended = new Turns('  - {id: look, title: Look, call: box:GetBox}');
  ended.answer(ended.call(), {});
  ended.turn();
  expect(ended.command({do: 'pause'})).toEqual([]);
  const interrupted = blind();
  interrupted.record([{type: 'interrupted', signal: 'SIGINT'}]);
  for (const command of [
    {do: 'retry', region},
    {do: 'waive', region, typed: region},
  ] as const) {
    expect(interrupted.command(command)).toEqual([]);
  }
});
