import {expect, it} from 'vitest';
import {knownReads} from '../../../source/engine/requests/known-reads.ts';
import {programOf} from '../turns.ts';

const steps = `
  - {id: who, title: Who, call: box:GetBox, with: {boxId: '\${{ inputs.box }}'}}
  - {id: all, title: All, scope: region, call: box:ListBoxes}
  - {id: there, title: There, scope: region, alongside: true, call: box:GetBox, with: {boxId: '\${{ region }}'}}
  - {id: some, title: Some, scope: region, when: '\${{ steps.all.output }}', call: box:ListBoxes, with: {size: 3}}
  - {id: each, title: Each, scope: region, forEach: '\${{ steps.all.output }}', call: box:GetBox, with: {boxId: '\${{ item }}'}}
  - {id: next, title: Next, scope: region, call: box:GetBox, with: {boxId: '\${{ steps.all.output[0] }}'}}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: again, title: Again, scope: region, call: box:ListBoxes, with: {size: 9}}`;

it('reads are known ahead where the inputs say all about them, up to the first question', () => {
  const {account, inRegion} = knownReads(programOf(steps), {box: 'b1'});
  expect(account).toEqual([{operation: 'box:GetBox', input: {boxId: 'b1'}}]);
  expect(inRegion('eu-west-1')).toEqual([
    {operation: 'box:ListBoxes', input: {}, region: 'eu-west-1'},
    {operation: 'box:GetBox', input: {boxId: 'eu-west-1'}, region: 'eu-west-1'},
  ]);
});
