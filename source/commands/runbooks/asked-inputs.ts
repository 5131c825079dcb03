import {defined} from '../../data/defined.ts';
import {inputValues, InvalidInput, type MissingInputs} from '../../runbook/inputs.ts';
import type {Input} from '../../runbook/language/inputs.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {inputSources} from '../../runs/answers/input-sources.ts';
import {askInputs, type AskedInput} from '../../ui/inputs/ask-inputs.ts';
import {kindOf} from './inputs-text.ts';

/** Inputs that an operator typed when asked. */
export interface TypedInputs {
  /** As `--input` takes them. The value of a secret is its own name. */
  readonly pairs: readonly string[];
  readonly secrets: ReadonlyMap<string, string>;
}

/** Asks for the inputs that are missing. Undefined when the operator leaves. */
export async function askForInputs(
  {runbook, inputs}: MissingInputs,
  {stdin, stdout, env}: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'env'>,
): Promise<TypedInputs | undefined> {
  const asked = inputs.flatMap((name) => {
    const input = runbook.inputs[name];
    return input === undefined ? [] : [askedInput(runbook, name, input, env)];
  });
  const values = await askInputs(runbook.name, asked, {stdin, stdout, env});
  if (values === undefined) return undefined;
  const isSecret = (name: string): boolean => runbook.inputs[name]?.type === 'secret';
  return {
    pairs: [...values].map(([name, value]) => `${name}=${isSecret(name) ? name : value}`),
    secrets: new Map([...values].filter(([name]) => isSecret(name))),
  };
}

const hints: Readonly<Partial<Record<Input['type'], string>>> = {
  list: 'several with commas',
  regions: 'with commas, such as eu-west-1,us-east-1',
  secret: 'it is not shown, and not kept: a resumed run wants it again, as --input NAME=env:VARIABLE',
};

function askedInput(runbook: Runbook, name: string, input: Input, env: NodeJS.ProcessEnv): AskedInput {
  const alone = {...runbook, inputs: {[name]: input}};
  const {description} = input;
  const hint = hints[input.type]?.replace('NAME', name);
  if (input.type === 'secret')
    return {name, kind: 'secret', ...defined({description, hint}), concealed: true, problem: () => undefined};
  const choices = choicesOf(input);
  return {
    name,
    kind: choices === undefined ? kindOf(input) : input.type === 'boolean' ? 'true or false' : 'choice',
    ...defined({description, hint, choices}),
    problem(text) {
      try {
        inputValues(alone, [`${name}=${text}`], inputSources(env));
        return undefined;
      } catch (error) {
        if (error instanceof InvalidInput || error instanceof Error) return error.message;
        throw error;
      }
    },
  };
}

function choicesOf(input: Input): readonly string[] | undefined {
  if (input.type === 'boolean') return ['true', 'false'];
  return input.type === 'string' ? input.enum : undefined;
}
