import {UsageError} from '../../cli/usage-error.ts';
import type {GivenAnswers} from '../../cli/answer-options.ts';
import type {Happening} from '../../engine/model/events.ts';
import type {Identity} from '../../engine/model/identity.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {NothingToType, textToType} from '../../runbook/language/typed-text.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {closestName} from '../../text/closest-name.ts';

/** Facts about a run before its first step. */
type Begun = Pick<Extract<Happening, {type: 'run-started'}>, 'inputs' | 'identity' | 'regions'>;

/**
 * Refuses options that can answer nothing: a text that no confirmation wants, a Region that is none of the run's. Said
 * before anything is changed, and not when half of it is. Throws {@link UsageError}.
 */
export function refuseStrayAnswers(runbook: Runbook, given: GivenAnswers, begun: Begun): void {
  const wanted = wantedTexts(runbook, begun);
  const text = given.confirm.find((one) => wanted !== undefined && !wanted.includes(one));
  if (text !== undefined && wanted !== undefined) {
    const list = wanted.map((one) => JSON.stringify(one)).join(' or ');
    throw new UsageError(
      wanted.length === 0
        ? `--confirm ${JSON.stringify(text)}: no confirmation of ${runbook.name} wants a text; nothing was changed`
        : `--confirm ${JSON.stringify(text)} is not the text that ${runbook.name} wants: ${list}; nothing was changed`,
    );
  }
  const region = given.waive.find((one) => !begun.regions.includes(one));
  if (region === undefined) return;
  const meant = closestName(region, begun.regions);
  throw new UsageError(
    `--waive ${region}: that is none of the run's Regions${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  );
}

/**
 * Returns every text that the runbook's confirmations require. Undefined where one depends on a step's
 * findings. Throws {@link UsageError} for one that is empty.
 */
export function wantedTexts({steps}: Runbook, {inputs, identity}: Begun): readonly string[] | undefined {
  const variables = {inputs, account: accountOf(identity), caller: identity.arn};
  try {
    return steps.flatMap(({action}) => {
      if (action.kind !== 'confirm' || action.typeToConfirm === undefined) return [];
      return [textToType(action.typeToConfirm, {root: variables, variables})];
    });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (!(error instanceof NothingToType)) return undefined;
    throw new UsageError(
      'a confirmation would want an empty text typed: set the input that it comes from; nothing was changed',
    );
  }
}

function accountOf({account, partition, alias}: Identity): {readonly [member: string]: string} {
  return {id: account, partition, alias: alias ?? ''};
}
