import {isObject, type Json} from '../../../data/json.ts';

/** The names that steps reach beyond their own file: each runbook that includes it has them. */
export interface FromRunbook {
  readonly inputs: readonly string[];
  readonly steps: readonly string[];
  /** The parameters that the file declares. */
  readonly parameters: readonly string[];
}

/** Destinations of a jump that are no steps. */
const destinations = ['continue', 'end'];

/** Finds the names that steps take from the runbook around them. */
export function reachedBeyond(steps: readonly Json[], parameters: readonly string[]): FromRunbook {
  const texts = steps.flatMap(textsIn);
  const own = [...destinations, ...steps.flatMap((step) => (isObject(step) ? [step['id']] : []))];
  const named = [...texts.flatMap((text) => namesAfter('steps', text)), ...steps.flatMap(jumpsOf)];
  return {
    inputs: [...new Set(texts.flatMap((text) => namesAfter('inputs', text)))],
    steps: [...new Set(named)].filter((name) => !own.includes(name)),
    parameters,
  };
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function namesAfter(root: string, text: string): readonly string[] {
  const paths = text.matchAll(new RegExp(`\\b${root}\\.(?:"([^"]+)"|(\\w+))`, 'g'));
  return [...paths].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** The steps that a step leads to, or whose end its outcome is. */
function jumpsOf(step: Json): readonly string[] {
  if (!isObject(step)) return [];
  const {outcome, catch: catches} = step;
  const named = [
    isObject(outcome) ? outcome['step'] : undefined,
    ...(Array.isArray(catches) ? (catches as Json[]) : []).flatMap((one) =>
      isObject(one) ? [one['next'], one['waitBefore']] : [],
    ),
  ];
  return named.filter((name) => typeof name === 'string');
}
