import {defined} from '../../data/defined.ts';
import {InvalidInput, inputValues} from '../../runbook/inputs.ts';
import type {Input} from '../../runbook/language/inputs.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {inputSources} from '../../runs/answers/input-sources.ts';
import type {ListedRun} from '../../runs/list-runs.ts';
import type {FormField} from '../../ui/home/form.ts';

/** Returns a runbook's inputs as the form of the home screen asks for them. */
export function formFields(
  runbook: Runbook,
  runs: readonly ListedRun[],
  env: NodeJS.ProcessEnv,
): readonly FormField[] {
  const sources = inputSources(env);
  return Object.entries(runbook.inputs).map(([name, input]): FormField => {
    const alone = {...runbook, inputs: {[name]: input}};
    return {
      name,
      ...defined({description: input.description, initial: initialOf(input), hint: hints[input.type]}),
      ...choicesOf(input, runs),
      problem(text) {
        try {
          inputValues(alone, [`${name}=${text}`], sources);
          return undefined;
        } catch (error) {
          return problemIn(error);
        }
      },
    };
  });
}

/** Returns what is wrong with a value: an unusable input, or a journal that cannot be read. */
function problemIn(error: unknown): string {
  if (error instanceof InvalidInput || error instanceof Error) return error.message;
  throw error;
}

/** The default, as it would be typed. */
function initialOf(input: Input): string | undefined {
  if (!('default' in input) || input.default === undefined) return undefined;
  return Array.isArray(input.default) ? input.default.join(',') : String(input.default);
}

const hints: Readonly<Partial<Record<Input['type'], string>>> = {
  list: 'several with commas',
  regions: 'names of Regions, with commas',
  secret: 'env:VARIABLE or file:PATH, where the secret is; never the secret itself',
  journal: 'the id of a run, or its journal file',
};

function choicesOf(input: Input, runs: readonly ListedRun[]): Pick<FormField, 'choices' | 'closed'> {
  if (input.type === 'boolean') return {choices: ['true', 'false'], closed: true};
  if (input.type === 'string' && input.enum !== undefined) return {choices: input.enum, closed: true};
  if (input.type !== 'journal') return {};
  const ids = runs.filter(({status}) => status !== 'damaged').map(({id}) => id);
  return ids.length === 0 ? {} : {choices: ids};
}
