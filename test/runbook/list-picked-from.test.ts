import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Json} from '../../source/data/json.ts';
import {evaluateText} from '../../source/runbook/expression/template.ts';
import {listPickedFrom} from '../../source/runbook/expression/list-picked-from.ts';

const picking = [
  '${{ boxes }}',
  '${{ boxes[].{arn: arn} }}',
  "${{ boxes[?state == 'open'].{arn: arn, state: state} }}",
  "${{ boxes[?contains(['open', $steps.first], state)] }}",
  '${{ boxes[?optional(tags)].tags[] }}',
  '${{ boxes[*].arn }}',
];
const seeingAll = [
  '${{ length(boxes) }}',
  '${{ boxes[0] }}',
  '${{ boxes[?arn] | [0] }}',
  '${{ boxes[].{all: length($.boxes)} }}',
  '${{ boxes[1:].arn }}',
  '${{ sort_by(boxes, &arn) }}',
  '${{ {boxes: boxes} }}',
  'boxes: ${{ boxes }}',
];

const box = fc.record({
  arn: fc.string(),
  state: fc.constantFrom('open', 'shut', 'lost'),
  tags: fc.array(fc.string({maxLength: 2}), {maxLength: 3}),
});

function evaluated(text: string, boxes: Json): Json {
  return evaluateText(text, {root: {boxes}, variables: {steps: {first: 'lost'}}}, 'strict');
}

describe('an expression that picks entries of a list', () => {
  it.each(picking)('gives for parts of the list the parts of its result: %s', (text) => {
    expect(listPickedFrom(text)).toBe('boxes');
    fc.assert(
      fc.property(fc.array(fc.array(box, {maxLength: 4}), {minLength: 1, maxLength: 5}), (pages) => {
        const whole = evaluated(text, pages.flat());
        expect(pages.flatMap((page) => evaluated(text, page))).toEqual(whole);
      }),
    );
  });

  it.each(seeingAll)('is none where the result depends on the whole: %s', (text) => {
    expect(listPickedFrom(text)).toBeUndefined();
  });
});
