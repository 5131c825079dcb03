import {requestsOf} from '../../actions/actions.ts';
import {arnProblem} from '../../arn.ts';
import type {Path} from '../../load/source-positions.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';

/** Finds literal ARNs in requests and defaults that are malformed or of the wrong kind for their member. */
export function arnsRule({runbook, places}: CheckContext): readonly Problem[] {
  const inSteps = runbook.steps.flatMap((step, index) =>
    requestsOf(step).flatMap(({operation, members, at}) =>
      literals(operation, members, ['steps', index, ...at]),
    ),
  );
  const inDefaults = Object.entries(runbook.inputs).flatMap(([name, input]) =>
    'default' in input ? literals('', {[name]: input.default}, ['inputs', name, 'default'], true) : [],
  );
  return [...inSteps, ...inDefaults].flatMap(({operation, member, value, path}) => {
    const message = arnProblem(operation, member, value);
    return message === undefined ? [] : [places.atPath(path, message)];
  });
}

interface Literal {
  readonly operation: string;
  readonly member: string;
  readonly value: string;
  readonly path: Path;
}

function literals(operation: string, value: unknown, path: Path, flat = false): readonly Literal[] {
  const collect = (one: unknown, member: string, at: Path): readonly Literal[] => {
    if (typeof one === 'string') {
      return one.includes('${{') ? [] : [{operation, member, value: one, path: at}];
    }
    if (typeof one !== 'object' || one === null) return [];
    return Object.entries(one).flatMap(([key, inner]) =>
      Array.isArray(one)
        ? collect(inner, member, [...at, Number(key)])
        : collect(inner, key, flat && at === path ? at : [...at, key]),
    );
  };
  return collect(value, '', path);
}
