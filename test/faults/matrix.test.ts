import {describe, expect, it} from 'vitest';
import type {OperationModel} from '../../source/runbook/operation.ts';
import {faultClasses, type FaultClass} from './fault-classes.ts';
import {play} from './play.ts';
import {canMeet, shippedOperations} from './shipped-operations.ts';
import {written} from './table.ts';

const operations = await shippedOperations();

/** HANDRAIL_MATRIX=all plays every pair; otherwise each class and each operation is played, but not every pair. */
const whole = process.env['HANDRAIL_MATRIX'] === 'all';

/** The pairs that a run survives, and why. */
function endsWell(model: OperationModel, {fault}: FaultClass): boolean {
  // It only says why a build does not end; the builds themselves are looked at elsewhere.
  if (model.operation === 'ListWaitingWorkflowSteps') return true;
  // What happened is found out by looking again.
  const foundOut = ['UpdateImagePipeline', 'UpdateRole'];
  return fault === 'lostAnswer' && foundOut.includes(model.operation);
}

describe.concurrent.each(operations)('$name', (model) => {
  const classes = faultClasses.filter((one) => canMeet(model, one));
  const chosen = classes.filter((one) => whole || sampled(model, one));
  it.each(chosen)('$fault', async (one) => {
    const {sins, kinds, ending, run} = await play(model, one);
    expect(sins).toEqual([]);
    expect(kinds).toEqual([one.kind]);
    expect(`${model.name} ${one.fault}: ${ending}`).toBe(
      `${model.name} ${one.fault}: ${written(model, one)}`,
    );
    if (endsWell(model, one)) expect(ending).toBe('done');
    else expect([1, 4]).toContain(run.exitCode);
  });
});

/** One pair in eight, so that each class and each operation comes up, and the same ones every time. */
function sampled({name}: OperationModel, one: FaultClass): boolean {
  const place = faultClasses.indexOf(one) + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return place % 8 === 0;
}
