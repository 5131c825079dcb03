import {describe, expect, it} from 'vitest';
import {answerScope, scopeOf} from '../../../source/engine/scope/expression-scope.ts';
import {evaluateText} from '../../../source/runbook/expression/template.ts';
import type {Json} from '../../../source/data/json.ts';
import {Turns} from '../turns.ts';

const runbook = `
  - {id: first, title: First, call: box:GetBox}
  - {id: look, title: Look, scope: region, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: last, title: Last, call: box:GetBox}`;

/** The run after its looks; each Region found a box of its own name. */
function looked(): Turns {
  const turns = new Turns(runbook, {regions: ['us-east-1', 'eu-west-1'], inputs: {color: 'blue'}});
  turns.answer(turns.call(), {lid: 'OPEN'});
  for (const call of turns.calls()) turns.answer(call, {boxes: [call.intent.region ?? '']});
  turns.turn();
  return turns;
}

function from(turns: Turns, region: string | undefined, expression: string, item: Json = null): unknown {
  return evaluateText(`\${{ ${expression} }}`, scopeOf(turns.state, turns.lane(region), item), 'lenient');
}

describe('an expression in a Region', () => {
  it('reaches that Region’s outputs and the account’s, and no other Region’s', () => {
    const turns = looked();
    expect(from(turns, 'us-east-1', 'steps.look.output')).toEqual(['us-east-1']);
    expect(from(turns, 'eu-west-1', 'steps.look.output')).toEqual(['eu-west-1']);
    expect(from(turns, 'eu-west-1', 'steps.first.output.lid')).toBe('OPEN');
    expect(from(turns, 'eu-west-1', 'region')).toBe('eu-west-1');
  });
});

describe('an expression in the account', () => {
  it('reaches what each Region gave, in the run’s order', () => {
    expect(from(looked(), undefined, 'steps.look.byRegion')).toEqual([
      {region: 'us-east-1', output: ['us-east-1']},
      {region: 'eu-west-1', output: ['eu-west-1']},
    ]);
  });

  it('sees a Region’s new output, not the one that was worked out before', () => {
    const turns = looked();
    from(turns, undefined, 'steps.look.byRegion');
    turns.record([{type: 'step-succeeded', step: 'look', region: 'eu-west-1', output: ['new']}]);
    expect(from(turns, undefined, 'steps.look.byRegion[1].output')).toEqual(['new']);
  });

  it('reaches nothing of a step that has not ended', () => {
    expect(from(looked(), undefined, 'steps.last')).toBeNull();
    expect(from(new Turns(runbook), undefined, 'steps.look.byRegion')).toEqual([]);
  });
});

it('inputs, account, caller and the item are within reach, also from an answer', () => {
  const turns = looked();
  expect(from(turns, undefined, 'inputs.color')).toBe('blue');
  expect(from(turns, undefined, 'account.id')).toBe('123456789012');
  expect(from(turns, undefined, 'caller')).toMatch(/user\/kim$/);
  expect(from(turns, undefined, 'item.name', {name: 'a'})).toBe('a');
  const answer = answerScope(turns.state, turns.lane(), {name: 'a'}, {name: 'b'});
  expect(evaluateText('${{ name }} ${{ $item.name }} ${{ $inputs.color }}', answer, 'strict')).toBe(
    'b a blue',
  );
});
