import {ExpressionError} from '../../expression/parse.ts';
import type {Problem} from '../../load/problem.ts';
import {NothingToType, textToType} from '../../language/typed-text.ts';
import type {CheckContext} from '../context.ts';

/** Confirmations whose text to type is empty, as it is written or by its inputs' defaults. */
export function typedTextRule({runbook, places}: CheckContext): readonly Problem[] {
  const inputs = Object.fromEntries(
    Object.entries(runbook.inputs).flatMap(([name, input]) =>
      'default' in input && input.default !== undefined ? [[name, input.default] as const] : [],
    ),
  );
  const variables = {inputs};
  return runbook.steps.flatMap(({action}, index): readonly Problem[] => {
    if (action.kind !== 'confirm' || action.typeToConfirm === undefined) return [];
    try {
      textToType(action.typeToConfirm, {root: variables, variables});
      return [];
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      // What depends on the run is known then; another rule says what can never be.
      if (!(error instanceof NothingToType)) return [];
      const path = ['steps', index, 'confirm', 'typeToConfirm'];
      return [places.atPath(path, 'the text to type is empty: Enter alone would agree')];
    }
  });
}
