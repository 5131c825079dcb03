import {operationsOf} from '../../actions/actions.ts';
import {partsOf} from '../../expression/template.ts';
import type {Problem} from '../../load/problem.ts';
import type {Runbook} from '../../language/schema.ts';
import type {CheckContext} from '../context.ts';

/**
 * Warns of a service-linked role that is deleted by a name that anybody may give: the looks before it are at one
 * service's resources, and the name may be another service's role.
 */
export function freeRoleNameRule({runbook, places}: CheckContext): readonly Problem[] {
  return runbook.steps.flatMap(({action}, index): Problem[] => {
    if (action.kind !== 'call' || action.call !== 'iam:DeleteServiceLinkedRole') return [];
    const input = freeInputIn(runbook, action.with?.['RoleName']);
    if (input === undefined || claimsNothing(runbook, index, input)) return [];
    return [
      places.atPath(
        ['steps', index, 'with', 'RoleName'],
        `any service's role can be named by the input ${input}, and the steps before look at some services only: ` +
          `give ${input} an enum`,
      ),
    ];
  });
}

/** Returns true if the steps before look at no service, and the role's name has to be typed. */
function claimsNothing({steps}: Runbook, index: number, input: string): boolean {
  const before = steps.slice(0, index);
  return (
    before.flatMap(operationsOf).every((operation) => operation.startsWith('iam:')) &&
    before.some(
      ({action}) => action.kind === 'confirm' && action.typeToConfirm?.includes(`inputs.${input}`) === true,
    )
  );
}

/** The first input without an enum that a text takes its value from. */
function freeInputIn({inputs}: Runbook, text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const named = partsOf(text).flatMap((part) =>
    'text' in part ? [] : [...part.expression.matchAll(/\binputs\.(?:"([^"]+)"|(\w+))/g)],
  );
  return named
    .map(([, quoted, plain]) => quoted ?? plain ?? '')
    .find((name) => {
      const input = inputs[name];
      return input?.type === 'string' && input.enum === undefined;
    });
}
