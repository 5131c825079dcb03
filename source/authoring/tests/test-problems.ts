import {closestName} from '../../text/closest-name.ts';
import type {LookUpOperation} from '../../runbook/check/resolve-operations.ts';
import {answerProblems, partProblems} from '../../runbook/check/answer-problems.ts';
import {InvalidInput} from '../../runbook/inputs.ts';
import type {Path} from '../../runbook/load/source-positions.ts';
import type {Problem} from '../../runbook/load/problem.ts';
import {asAnswered} from '../../aws/call/as-answered.ts';
import type {ExpectedRequest, TestCase} from './language.ts';
import type {LoadedTest} from './loaded-test.ts';
import {givenInputs, regionsOfCase} from './case-parts.ts';

/** Returns what of a test does not fit its runbook or AWS's models, in the order of the file. */
export async function testProblems(test: LoadedTest, lookUp: LookUpOperation): Promise<readonly Problem[]> {
  const context = {test, lookUp};
  const {content} = test;
  const parts = await Promise.all([
    answersProblems(context, content.answers, ['answers']),
    ...content.cases.map((one, at) => caseProblems(context, one, ['cases', at])),
  ]);
  const found = new Map(parts.flat().map((one) => [`${one.line}:${one.column}:${one.message}`, one]));
  return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Context<T = LoadedTest> {
  readonly test: T;
  readonly lookUp: LookUpOperation;
}

/** A file with answers, which may have no tests. */
type WithAnswers = Pick<LoadedTest, 'runbook' | 'operations' | 'places'>;

async function caseProblems(context: Context, one: TestCase, path: Path): Promise<readonly Problem[]> {
  const {test} = context;
  const {expect} = one;
  const steps = test.runbook.runbook.steps.map(({id}) => id);
  const step = (id: string | undefined, at: Path): readonly Problem[] =>
    id === undefined || steps.includes(id)
      ? []
      : [test.places.atPath([...path, ...at], `the runbook has no step ${id}`, closestName(id, steps))];
  const requests = (list: readonly ExpectedRequest[], name: string): readonly Promise<readonly Problem[]>[] =>
    list.map((request, at) => requestProblems(context, request, [...path, 'expect', name, at]));
  const named = await Promise.all([
    answersProblems(context, one.answers, [...path, 'answers']),
    ...requests(expect.changes, 'changes'),
    ...requests(expect.requests ?? [], 'requests'),
    ...(expect.never ?? []).map((name, at) =>
      operationProblems(context, name, [...path, 'expect', 'never', at]),
    ),
  ]);
  return [
    ...inputProblems(test, one, path),
    ...regionProblems(test, one, path),
    ...one.operator.flatMap((reply, at) => step(reply.step, ['operator', at, 'step'])),
    ...step(expect.step, ['expect', 'step']),
    ...Object.keys(expect.summaries ?? {}).flatMap((id) => step(id, ['expect', 'summaries', id])),
    ...named.flat(),
  ];
}

function inputProblems(
  {content, runbook, places}: LoadedTest,
  one: TestCase,
  path: Path,
): readonly Problem[] {
  try {
    givenInputs(runbook.runbook, content, one);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const name = Object.keys({...content.inputs, ...one.inputs}).find((given) =>
      new RegExp(`\\b${given}\\b`).test(error.message),
    );
    const inCase = name !== undefined && one.inputs?.[name] !== undefined;
    const at = name === undefined ? path : inCase ? [...path, 'inputs', name] : ['inputs', name];
    return [places.atPath(at, error.message)];
  }
}

/** Regions that a case names and does not visit. */
function regionProblems({content, places}: LoadedTest, one: TestCase, path: Path): readonly Problem[] {
  const regions = regionsOfCase(content, one);
  const {expect} = one;
  const named: readonly (readonly [string | undefined, Path])[] = [
    ...(['region', 'onlyRegion', 'waive'] as const).flatMap((option) =>
      (one[option] ?? []).map((name, at) => [name, [option, at]] as const),
    ),
    ...Object.entries(one.answers ?? {}).flatMap(([operation, entries]) =>
      entries.map(({region}, at) => [region, ['answers', operation, at, 'region']] as const),
    ),
    ...expect.changes.map(({region}, at) => [region, ['expect', 'changes', at, 'region']] as const),
    ...(expect.requests ?? []).map(({region}, at) => [region, ['expect', 'requests', at, 'region']] as const),
  ];
  return named.flatMap(([name, at]) =>
    name === undefined || regions.includes(name)
      ? []
      : [
          places.atPath(
            [...path, ...at],
            `${name} is none of the Regions of this case: ${regions.join(', ')}`,
            closestName(name, regions),
          ),
        ],
  );
}

/** What of the answers in a file does not fit the runbook or AWS's models. */
export async function answersProblems(
  context: Context<WithAnswers>,
  answers: TestCase['answers'],
  path: Path,
): Promise<readonly Problem[]> {
  const {runbook, operations, places} = context.test;
  const steps = runbook.runbook.steps.map(({id}) => id);
  const found = Object.entries(answers ?? {}).map(async ([name, entries]): Promise<readonly Problem[]> => {
    const at = [...path, name];
    const unknown = await operationProblems(context, name, at, 'key');
    const model = operations.get(name);
    if (unknown.length > 0 || model === undefined) return unknown;
    const each = entries.map(async (entry, index): Promise<readonly Problem[]> => {
      const here = [...at, index];
      const {step, until, answer, with: part} = entry;
      const problems = [
        ...(until === undefined ? [] : await operationProblems(context, until, [...here, 'until'])),
        ...(step === undefined || steps.includes(step)
          ? []
          : [places.atPath([...here, 'step'], `the runbook has no step ${step}`, closestName(step, steps))]),
      ];
      // Nothing is known of an operation whose client is not installed, and its step is skipped.
      if (model.missing !== undefined) return problems;
      const members = part === undefined ? [] : partProblems(model, part, [...here, 'with'], places);
      const answered = answer === undefined ? [] : answerProblems(model, answer, [...here, 'answer'], places);
      if (answer === undefined || answered.length > 0) return [...problems, ...members, ...answered];
      const outcome = await asAnswered(name, answer);
      if (outcome.ok) return [...problems, ...members];
      const message = `${name} never answers so: ${outcome.fault.message}`;
      return [...problems, ...members, places.atPath([...here, 'answer'], message)];
    });
    return (await Promise.all(each)).flat();
  });
  return (await Promise.all(found)).flat();
}

/** An operation that there is not, or that the runbook does not name. */
async function operationProblems(
  {test, lookUp}: Context<WithAnswers>,
  name: string,
  path: Path,
  stands: 'key' | 'value' = 'value',
): Promise<readonly Problem[]> {
  const {operations, places} = test;
  if (operations.has(name)) return [];
  const at = (message: string, meant?: string): readonly Problem[] => [
    stands === 'key' ? places.atKey(path, message, meant) : places.atPath(path, message, meant),
  ];
  const found = await lookUp(name);
  const meant = closestName(name, [...operations.keys()]);
  if ('model' in found) return at(`the runbook does not call ${name}`, meant);
  return at(found.message, found.suggestion ?? meant);
}

async function requestProblems(
  context: Context,
  request: ExpectedRequest,
  path: Path,
): Promise<readonly Problem[]> {
  const unknown = await operationProblems(context, request.call, [...path, 'call']);
  const model = context.test.operations.get(request.call);
  if (unknown.length > 0 || model === undefined || model.missing !== undefined) return unknown;
  return partProblems(model, request.with ?? {}, [...path, 'with'], context.test.places);
}
