import {describe, expect, it} from 'vitest';
import {Turns} from '../turns.ts';

function asserting(that: string): Turns {
  const turns = new Turns(
    `
  - id: hold
    title: Hold
    scope: account
    assert: {that: "\${{ ${that} }}", message: "\${{ inputs.box }} is open"}
`,
    {inputs: {box: 'B1', shut: true}},
  );
  turns.turn();
  return turns;
}

describe('an assertion', () => {
  it('that holds lets the run go on, and calls nothing', () => {
    const {state} = asserting('inputs.shut');
    expect(state.ended?.status).toBe('done');
    expect(state.lastCall).toBe(0);
  });

  it('that does not hold stops the lane with the runbook’s own words', () => {
    const turns = asserting('!(inputs.shut)');
    expect(turns.lane().fault).toMatchObject({kind: 'assertion', message: 'B1 is open'});
    expect(turns.state.ended?.status).toBe('failed');
  });

  it('never takes a text, a number or nothing for true', () => {
    for (const that of ["'true'", 'inputs.box', 'length(inputs.box)', 'inputs']) {
      const turns = asserting(that);
      expect(turns.lane().fault?.message).toContain('must give true or false');
      expect(turns.state.ended?.status).toBe('failed');
    }
  });
});
