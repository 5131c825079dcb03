import {describe, expect, it} from 'vitest';
import {faultClasses} from './fault-classes.ts';
import {outcomeOf, sampled} from './outcome.ts';
import {play} from './play.ts';
import {answersWithList, shippedOperations} from './shipped-operations.ts';

const operations = await shippedOperations();
/** HANDRAIL_MATRIX=all plays every pair; otherwise each class and each operation is played, but not every pair. */
const whole = process.env['HANDRAIL_MATRIX'] === 'all';

describe.each(operations)('$name', (model) => {
  const classes = faultClasses.filter(({listsOnly}) => listsOnly !== true || answersWithList(model));
  const chosen = classes.filter((one) => whole || sampled(model, one));
  it.each(chosen)('$fault', async (one) => {
    const played = await play(model, one);
    expect(played.sins).toEqual([]);
    expect(played.kinds).toEqual([one.kind]);
    expect(played.run.exitCode).not.toBe(0);
    expect(outcomeOf(played)).toMatch(/^(blocked|failed)$/);
  });
});
