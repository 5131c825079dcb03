import {describe, expect, it} from 'vitest';
import {faultOf, Turns, typesOf} from '../turns.ts';

const busy = faultOf('conflict', 'Busy', 'still busy');

function failing(catches: string, scope = 'account'): Turns {
  return new Turns(
    `
  - {id: look, title: Look, scope: ${scope}, call: box:ListBoxes}
  - id: act
    title: Act
    scope: ${scope}
    call: box:GetBox
    catch: [${catches}]`,
    {regions: ['eu-west-1', 'eu-west-2']},
  );
}

function asserting(more: string): Turns {
  return new Turns(`
  - {id: sure, title: Sure, assert: {that: '\${{ \`1\` == \`2\` }}', message: 'no, \${{ account.id }}'}${more}}
  - {id: act, title: Act, call: box:GetBox}`);
}

/** Looks, and has the step after it refused, in the account. */
function round(turns: Turns, fault = busy): void {
  turns.answer(turns.call(), {});
  turns.refuse(turns.call(), fault);
}

describe('an error that a step catches', () => {
  it('ends the run as a success where it says so, with its message', () => {
    const turns = failing('{errorEquals: [Busy], next: end, message: "nothing to do in ${{ account.id }}"}');
    round(turns);
    turns.turn();
    expect(turns.state.ended).toMatchObject({status: 'done', message: 'nothing to do in 123456789012'});
    expect(turns.calls()).toEqual([]);
  });

  it('goes back as often as it says, waits each time, and then fails with how often it was', () => {
    const turns = failing('{errorEquals: [Busy], next: look, waitSeconds: 20, maxVisits: 2}');
    for (const visit of [1, 2]) {
      round(turns);
      expect(turns.turn()).toMatchObject({calls: [], wakeAt: turns.now + 20_000});
      expect(turns.state.detour).toMatchObject({visit, maxVisits: 2, from: 'act', to: 'look'});
      turns.pass(20_000);
    }
    round(turns);
    turns.turn();
    expect(turns.state.ended).toMatchObject({
      status: 'failed',
      message: 'still busy (went back 2 times already)',
    });
  });

  it('goes back at once where it names no wait', () => {
    const turns = failing('{errorEquals: [Busy], next: look, maxVisits: 1}');
    round(turns);
    round(turns);
    turns.turn();
    expect(turns.state.ended?.message).toBe('still busy (went back once already)');
  });

  it('is counted for each Region by itself', () => {
    const turns = failing('{errorEquals: [Busy], next: look, maxVisits: 1}', 'region');
    for (const call of turns.calls()) turns.answer(call, {});
    for (const call of turns.calls()) turns.refuse(call, busy);
    turns.turn();
    expect(turns.state.visits).toEqual({'act eu-west-1': 1, 'act eu-west-2': 1});
    expect(turns.state.calls.map(({step}) => step)).toEqual(['look', 'look']);
  });

  it('goes by the first entry that names it', () => {
    const turns = failing(
      '{errorEquals: [Other], next: end}, {errorEquals: [All], next: look, maxVisits: 1}',
    );
    round(turns);
    turns.turn();
    expect(turns.events.map(({type}) => type)).toContain('went-back');
  });
});

describe('a fault of Handrail’s own judgment', () => {
  const own = (['expression', 'garbled', 'unsafe'] as const).map((kind) => faultOf(kind, 'Own'));

  it.each([...own, faultOf('conflict', 'ReadBackDiffers')])('is not matched by All: $kind $name', (fault) => {
    const turns = failing('{errorEquals: [All], next: end}');
    turns.answer(turns.call(), {});
    turns.refuse(turns.call(), {...fault, final: true});
    turns.turn();
    expect(turns.state.ended?.status).toBe('failed');
  });

  it('is caught by its name', () => {
    const turns = failing('{errorEquals: [ReadBackDiffers], next: end}');
    round(turns, faultOf('conflict', 'ReadBackDiffers'));
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });
});

describe('a Region’s catch that would end the run', () => {
  it('ends the step instead: the other Regions go on, and the run is not called done', () => {
    const program = failing('{errorEquals: [Busy], next: end}').program;
    const steps = program.runbook.steps.map((step) => ({...step, scope: 'region' as const}));
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:ListBoxes}', {
      regions: ['eu-west-1', 'eu-west-2'],
      program: {runbook: {...program.runbook, steps}},
    });
    for (const call of turns.calls()) turns.answer(call, {});
    const [one, other] = turns.calls();
    if (one === undefined || other === undefined) throw new Error('both Regions go on');
    turns.refuse(one, busy);
    turns.turn();
    expect(turns.state.ended).toBeUndefined();
    turns.answer(other, {});
    turns.turn();
    expect(turns.state.ended?.status).toBe('blocked');
  });
});

describe('an error that no step catches', () => {
  it('stops its lane, and is what the run ends with', () => {
    const turns = failing('{errorEquals: [Other], next: end}');
    round(turns);
    turns.turn();
    expect(turns.lane()).toMatchObject({fault: busy, faultStep: 'act'});
    expect(turns.state.ended).toMatchObject({status: 'failed', message: 'still busy'});
  });
});

describe('a condition that does not hold', () => {
  it('fails with its message, and nothing after it is done', () => {
    const turns = asserting('');
    expect(turns.calls()).toEqual([]);
    expect(turns.state.ended).toMatchObject({status: 'failed', message: 'no, 123456789012'});
    expect(turns.lane().fault).toMatchObject({kind: 'assertion', name: 'AssertionFailed'});
  });

  it('can be caught', () => {
    const turns = asserting(', catch: [{errorEquals: [AssertionFailed], next: end}]');
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });

  it('that holds lets the run go on', () => {
    const turns = new Turns(`
  - {id: sure, title: Sure, assert: {that: '\${{ \`1\` == \`1\` }}', message: no}}
  - {id: act, title: Act, call: box:GetBox}`);
    expect(turns.call().intent.step).toBe('act');
    expect(typesOf(turns.events)).toContain('step-succeeded');
  });

  it('that is neither true nor false fails as such', () => {
    const turns = new Turns(`  - {id: sure, title: Sure, assert: {that: '\${{ account.id }}', message: no}}`);
    turns.turn();
    expect(turns.lane().fault).toMatchObject({
      kind: 'expression',
      message: '`assert` must give true or false',
    });
  });
});

it('a Region goes back as often as the step says, whatever the others did', () => {
  const turns = failing('{errorEquals: [Busy], next: look, maxVisits: 1}', 'region');
  for (const _ of ['the first time', 'once too often']) {
    for (const call of turns.calls()) turns.answer(call, {});
    for (const call of turns.calls()) {
      if (call.intent.region === 'eu-west-1') turns.refuse(call, busy);
      else turns.answer(call, {});
    }
  }
  turns.turn();
  expect(turns.state.visits).toEqual({'act eu-west-1': 1});
  expect(turns.lane('eu-west-1').fault?.message).toContain('went back once already');
});
