import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import type {CallAction} from '../../../source/engine/model/decision.ts';
import type {CallOutcome} from '../../../source/engine/model/ports.ts';
import {keptOfPage} from '../../../source/engine/respond/kept-of-page.ts';
import {noLists, takePage, type ListOutcome} from '../../../source/engine/respond/list-reader.ts';
import {Turns} from '../turns.ts';

/** A step over a list in the test's hands, with the reader that its run would have. */
class Reading {
  readonly turns: Turns;
  #lists = noLists;

  constructor(output: string) {
    this.turns = new Turns(`  - {id: look, title: Look, call: box:ListBoxes, output: "${output}"}`);
  }

  /** AWS answers with a page. Returns what the step keeps so far, and the members that are held of the answer. */
  page(action: CallAction, output: Json, nextToken?: string): ListOutcome {
    const {program, state} = this.turns;
    const outcome: CallOutcome = {
      ok: true,
      output,
      ms: 1,
      unmodeled: [],
      ...(nextToken === undefined ? {} : {nextToken}),
    };
    const pick = (one: Json): ReturnType<typeof keptOfPage> => keptOfPage(program, state, action, one);
    const {lists, came} = takePage(this.#lists, action, outcome, pick);
    this.#lists = lists;
    this.turns.settle(action, came);
    return came;
  }

  result(): unknown {
    this.turns.turn();
    return this.turns.lane().results['look'] ?? this.turns.state.account.results['look'];
  }
}

const box = (arn: string, open: boolean): Json => ({arn, open, weight: 3});

describe('a list of several pages', () => {
  it('is kept page by page where the step picks entries of it: nothing else of a page is held', () => {
    const reading = new Reading('${{ boxes[?open].{arn: arn} }}');
    reading.page(reading.turns.call(), {boxes: [box('a', true), box('b', false)], total: 3}, 'two');
    reading.page(reading.turns.call(), {boxes: []}, 'three');
    const last = reading.page(reading.turns.call(), {boxes: [box('c', true)]});
    expect(last.kept).toEqual([{arn: 'a'}, {arn: 'c'}]);
    expect(last.outcome).toMatchObject({output: {boxes: [box('c', true)]}});
    expect(reading.result()).toMatchObject({output: [{arn: 'a'}, {arn: 'c'}]});
  });

  it('is put together where the step has to see all of it', () => {
    const reading = new Reading('${{ length(boxes) }}');
    reading.page(reading.turns.call(), {boxes: ['a', 'b']}, 'two');
    const last = reading.page(reading.turns.call(), {boxes: ['c']});
    expect(last).toMatchObject({outcome: {output: {boxes: ['a', 'b', 'c']}}});
    expect(last).not.toHaveProperty('kept');
    expect(reading.result()).toMatchObject({output: 3});
  });

  it('ends with a page that the step cannot work on', () => {
    const reading = new Reading('${{ boxes[].arn }}');
    reading.page(reading.turns.call(), {boxes: [{arn: 'a'}]}, 'two');
    const {outcome} = reading.page(reading.turns.call(), {boxes: [{name: 'no ARN'}]}, 'three');
    expect(outcome).toMatchObject({ok: false, fault: {kind: 'expression'}});
  });
});
