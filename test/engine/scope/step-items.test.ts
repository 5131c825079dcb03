import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import {Turns} from '../turns.ts';

/** The keys of the calls of a step that works on a list. */
function keys(list: Json, more = ''): readonly string[] {
  const turns = new Turns(
    `  - {id: look, title: Look, forEach: '\${{ inputs.list }}', maxConcurrency: 9, call: box:GetBox${more}}`,
    {inputs: {list}},
  );
  return turns.calls().map(({intent}) => intent.item);
}

describe('an item', () => {
  it('is called by its ARN, else its name, else its id, else by what it is', () => {
    const arn = 'arn:aws:box:::b1';
    expect(
      keys([{name: 'n', arn, id: 'i'}, {id: 'i', name: 'n'}, {Id: 'i', size: 3}, {size: 3}, 'text', 7]),
    ).toEqual([arn, 'n', 'i', '{"size":3}', 'text', '7']);
  });

  it('is told from others of the same name: none is done for another', () => {
    expect(keys(['a', 'b', 'a', {name: 'a'}])).toEqual(['a', 'b', 'a (2)', 'a (3)']);
  });

  it('of a name that others have is told apart by what differs, its id first', () => {
    const volumes = [
      {size: 1, id: 'vol-1', name: 'data'},
      {size: 2, id: 'vol-2', name: 'data'},
      {size: 3, id: 'vol-3', name: 'logs'},
    ];
    expect(keys(volumes)).toEqual(['data (vol-1)', 'data (vol-2)', 'logs']);
    const zones = [
      {name: 'data', zone: 'a'},
      {name: 'data', zone: 'b'},
    ];
    expect(keys(zones)).toEqual(['data (a)', 'data (b)']);
  });

  it('is called as the step’s label says, which is no way to hide that there are two', () => {
    const label = ", label: '${{ item.name }} of ${{ item.owner }}'";
    const boxes = [
      {name: 'n', owner: 'kim', id: 'b1'},
      {name: 'n', owner: 'lee', id: 'b2'},
      {name: 'n', owner: 'kim', id: 'b3'},
    ];
    expect(keys(boxes, label)).toEqual(['n of kim (b1)', 'n of lee', 'n of kim (b3)']);
  });
});

describe('a step over', () => {
  it('no items is done without a call', () => {
    const turns = new Turns("  - {id: look, title: Look, forEach: '${{ inputs.list }}', call: box:GetBox}", {
      inputs: {list: []},
    });
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().results['look']).toMatchObject({status: 'succeeded', output: []});
  });

  it('something that is no list fails, and nothing is called', () => {
    for (const list of [null, 'text', {a: 1}]) {
      const turns = new Turns(
        "  - {id: look, title: Look, forEach: '${{ inputs.list }}', call: box:GetBox}",
        {
          inputs: {list},
        },
      );
      expect(turns.calls()).toEqual([]);
      expect(turns.lane().fault).toMatchObject({kind: 'expression'});
    }
  });

  it('a condition that is neither true nor false fails, and nothing is called', () => {
    const turns = new Turns("  - {id: look, title: Look, when: '${{ inputs.maybe }}', call: box:GetBox}", {
      inputs: {maybe: 'yes'},
    });
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault).toMatchObject({kind: 'expression', message: '`when` must give true or false'});
  });

  it('a condition that does not hold is skipped', () => {
    const turns = new Turns("  - {id: look, title: Look, when: '${{ inputs.really }}', call: box:GetBox}", {
      inputs: {really: false},
    });
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().results['look']).toMatchObject({status: 'skipped'});
  });
});
