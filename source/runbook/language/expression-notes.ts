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
    handrail: 'Nothing is made of nothing, as in the original JMESPath.',
  },
  backslash: {
    jmespath: 'In the original, a text in single quotes keeps `\\\\` as two characters.',
    handrail: 'It is one character, as in the community edition.',
  },
};

/** What values an expression may have where, for authors of runbooks. */
export const typeNotes: readonly string[] = [
  '`handrail check` works out the type of each expression from the models of AWS and refuses what cannot work: a text where a request takes a list, an order of a text and a number, a number as a condition.',
  'The output of a step may be nothing where its `when` left it out, where its `catch` went on from an error, where it deleted what was gone already, where the operator went on without it, or where its AWS client is not installed. Then it has to be asked for with `optional(…)` or `not_null(…, …)`, unless the step that asks has the same `when`, or a `when` that looks for it.',
  'A member of a request is left out only where its expression ends in `optional(…)` or null. A hole in a text or in a list is an error. Within a text there may be texts, numbers, and `true` or `false`.',
  'Before a request is sent, it is held against the type of each member once more, with the values that it has then. A time is ISO 8601, a date alone or with a time and an offset, such as `2026-11-27T08:00:00Z`. Binary data is base64.',
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
