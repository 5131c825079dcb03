import {durationExamples} from '../expression/durations.ts';
import {maxResultValues, maxSteps} from '../expression/evaluate.ts';
import {maxParsedValues} from '../expression/functions.ts';
import {maxExpressionDepth, maxExpressionLength} from '../expression/parse.ts';
import {maxTextLength} from '../expression/texts.ts';

/** A place at which Handrail means to differ from JMESPath. */
interface Deviation {
  readonly jmespath: string;
  readonly handrail: string;
}

/** The deliberate differences. `test/runbook/jmespath.test.ts` has a case for each, and allows no other. */
export const deviations: Readonly<Record<string, Deviation>> = {
  absence: {
    jmespath: 'A path that reaches nothing gives null.',
    handrail:
      'It is an error, unless it is inside `optional(…)`, `not_null(…)` or `type(…)`, or to the left of `||`. In texts for people it leaves a gap.',
  },
  chosen: {
    jmespath: '`[0]`, `max()`, `min()`, `avg()`, `max_by()` and `min_by()` of an empty list give null.',
    handrail: 'They are an error, as is `not_null()` of nothing. `optional(…)` around them gives null.',
  },
  ordering: {
    jmespath: '`<`, `<=`, `>` and `>=` give null for anything but numbers.',
    handrail: 'They order two numbers, or two texts by their code points. Anything else is an error.',
  },
  map: {
    jmespath: '`map(&expression, list)` keeps a null for each item without a value.',
    handrail: 'There is no `map()`. A projection says the same: `list[].expression`.',
  },
  exact: {
    jmespath: 'Numbers have the precision of the implementation.',
    handrail: `A whole number above ${Number.MAX_SAFE_INTEGER} is an error where it is written, calculated, compared or sent: it would be another number.`,
  },
  groups: {
    jmespath: '`group_by()` takes keys that are texts.',
    handrail: 'It takes numbers too, and names the groups by them.',
  },
  nothing: {
    jmespath:
      'A list or an object made of null has null in it: `null | [@]` is `[null]` in the community edition.',
    handrail: 'The result is null, as in the original JMESPath.',
  },
  backslash: {
    jmespath: 'In the original, a text in single quotes keeps `\\\\` as two characters.',
    handrail: 'It is one character, as in the community edition.',
  },
};

/** What values an expression may have where, for authors of runbooks. */
export const typeNotes: readonly string[] = [
  '`handrail check` works out the type of each expression from the models of AWS and refuses mistakes: a text where a request takes a list, a comparison of a text with a number, a number as a condition.',
  'A step may have no output: its `when` skipped it, its `catch` continued after an error, the resource to delete was gone, the operator continued without it, or its AWS client is not installed. Read such an output with `optional(…)` or `not_null(…, …)`. A step with the same `when`, or with a `when` that tests the output, needs neither.',
  'A member of a request is left out only where its expression ends in `optional(…)` or null. A missing value within a text or a list is an error. EC2 takes an empty list for everything: one that an expression gives is not sent, unless it ends in `optional(…)`. A text may hold texts, numbers, `true` and `false`.',
  'Before a request is sent, the value of each member is checked against its type again. A time is ISO 8601, a date alone or with a time and an offset, such as `2026-11-27T08:00:00Z`. Binary data is base64.',
  '',
  'Members that AWS marks as sensitive, such as passwords and secret keys, are not kept. An expression may ask whether one is there. It cannot work on the value or compare it, and nothing sends it.',
];

/** How expressions work with times, for authors of runbooks. */
export const timeNotes: readonly string[] = [
  'A time member of an answer, and what `now()`, `time()`, `later()` and `earlier()` give, is a time. Two times can be compared with `<`, `<=`, `==`, `>=`, `>` and `!=`. A time beside a text or a number is refused: `time(…)` makes a time of a text that is ISO 8601 with an offset, or a date.',
  `A duration is a text: weeks, days, hours, minutes and seconds, such as ${durationExamples}, or ISO 8601 such as \`P1DT12H\`. Months and years differ in length and are none.`,
  '`now()` is the time at which the step began in its lane, so that all its requests have the same. In `when` and `forEach` it is that of the latest event, and in the acceptors of a `waitUntil` that of the answer. It is not known in an `undo` and in `regions`.',
  'What is agreed to must be what is sent: in a change, `now()`, `older_than()` and `newer_than()` may stand in `when`, in the filters of `forEach` and in what is read of the answer, not in its request. Take the time in the output of an earlier step.',
];

/** The functions on times, with their results. */
export const timeFunctionRows: readonly (readonly [call: string, gives: string])[] = [
  ['`now()`', 'the time'],
  ["`time('2026-12-01T09:00:00+01:00')`", 'the time that a text says'],
  ["`later(time, '36h')`", 'a time that is a duration later'],
  ["`earlier(time, '36h')`", 'a time that is a duration earlier'],
  ["`older_than(time, '14d')`", 'whether a time lies more than a duration before `now()`'],
  ["`newer_than(time, '14d')`", 'whether a time lies less than a duration before `now()`, or after it'],
];

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}

/** The limits of expressions. */
export const limits: readonly (readonly [what: string, most: string])[] = [
  ['Length of an expression', `${inWords(maxExpressionLength)} characters`],
  ['Nesting of an expression', `${maxExpressionDepth} deep`],
  ['Steps of an evaluation', inWords(maxSteps)],
  ['Values in a result, counted at every depth', inWords(maxResultValues)],
  ['Values that `parse_json` reads', inWords(maxParsedValues)],
  ['Length of a text that a function makes', `${inWords(maxTextLength)} characters`],
  ['Whole numbers', `up to ${inWords(Number.MAX_SAFE_INTEGER)}`],
];
