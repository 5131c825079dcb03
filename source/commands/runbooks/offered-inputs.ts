import type {Runbook} from '../../runbook/language/schema.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';
import {readyRunbook} from '../../runs/runbooks/prebuilt-runbooks.ts';
import {libraryRunbooks, shippedRunbooks} from '../../runs/runbooks/shipped-files.ts';

/** Words that no shell takes for more than they are: a runbook's file may be anybody's. */
const plain = /^[\p{L}\p{N}_.:/@+,=-]+$/u;

/** The inputs of a runbook as they are typed, each with its values where it has only a few. */
function inputWords({inputs}: Runbook): readonly string[] {
  return Object.entries(inputs).flatMap(([name, input]) => {
    const values =
      input.type === 'string' ? (input.enum ?? ['']) : input.type === 'boolean' ? ['true', 'false'] : [''];
    return values.map((value) => (plain.test(value) ? `${name}=${value}` : `${name}=`));
  });
}

/** The inputs of all shipped runbooks. */
export function shippedInputs(): readonly string[] {
  const words = shippedRunbooks().flatMap((name) =>
    inputWords((readyRunbook(name) ?? findRunbook(name)).runbook),
  );
  return [...new Set(words)];
}

/**
 * The inputs of the runbook that is named first among typed words. Undefined where none is, and where it cannot be read: a
 * shell that completes must not say why.
 */
export function inputsAmong(words: readonly string[]): readonly string[] | undefined {
  const names = [...shippedRunbooks(), ...libraryRunbooks()];
  const named = words.find((word) => names.includes(word) || /\.ya?ml$/.test(word));
  if (named === undefined) return undefined;
  try {
    return [...new Set(inputWords((readyRunbook(named) ?? findRunbook(named)).runbook))];
  } catch {
    return undefined;
  }
}
