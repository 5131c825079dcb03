import type {Rule} from '../../runbook/rule-texts.ts';
import type {Problem} from '../../runbook/load/problem.ts';
import {show} from '../../text/show.ts';

/** The message with the name that was probably meant. */
export function whole({message, suggestion}: Problem): string {
  return show(suggestion === undefined ? message : `${message}; did you mean ${suggestion}?`);
}

/** The rule that a problem breaks. */
export function ruleOf({rule = 'file'}: Problem): Rule {
  return rule;
}
