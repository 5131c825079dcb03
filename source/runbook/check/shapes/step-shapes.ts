import {indexById} from '../../../data/by-id.ts';
import {defined} from '../../../data/defined.ts';
import {traitsOf} from '../../actions/actions.ts';
import type {ActionShapes} from '../../actions/traits.ts';
import {conditionsOf} from '../../language/conditions.ts';
import {firstAlongside} from '../../language/parallel-steps.ts';
import {closestName} from '../../../text/closest-name.ts';
import {ExpressionError} from '../../expression/parse.ts';
import {expressionIn} from '../../expression/template.ts';
import type {OperationModel, Shape} from '../../operation.ts';
import type {Input} from '../../language/inputs.ts';
import type {Step} from '../../language/step.ts';
import {changeIn} from '../change-in.ts';
import type {CheckContext} from '../context.ts';
import {inferShape} from './infer-shape.ts';
import type {ShapeScope} from './place.ts';
import {forItem, inRun, type SiteKind} from './expression-sites.ts';
import {noFacts} from './facts.ts';
import {
  anything,
  boolean,
  lazily,
  listOf,
  nothingWhere,
  number,
  objectOf,
  text,
  type Explanation,
} from './shapes.ts';
import {whenFacts, whyNoOutput, whyNoOutputOfItem} from './step-fate.ts';
import {itemOf, optionsOf, orNothing, union} from './unions.ts';

/** Shapes that expressions can reach, step by step. */
export class StepShapes {
  readonly #context: CheckContext;
  readonly #outputs = new Map<number, Shape>();

  constructor(context: CheckContext) {
    this.#context = context;
  }

  /** Shapes that an expression of a step can reach. */
  scopeAt(index: number, site: SiteKind): ShapeScope {
    const step = this.#context.runbook.steps[index];
    const {shared} = this.#context;
    const variables = new Map<string, Shape>([
      ['inputs', shared === undefined ? inputsShape(this.#context.runbook.inputs) : anything],
      ['account', objectOf(['id', 'partition', 'alias'].map((name) => [name, text] as const))],
      ['caller', text],
    ]);
    if (step?.scope === 'region') variables.set('region', text);
    if (shared !== undefined && shared.parameters.length > 0)
      variables.set('parameters', objectOf(shared.parameters.map((name) => [name, anything] as const)));
    if (site.undoWait !== undefined) {
      variables.delete('inputs');
      variables.set('item', this.#answer(site.undoWait.itemFrom));
      return {root: this.#root(index, {...site, inUndo: true}, variables), variables};
    }
    if (!site.inUndo) variables.set('steps', this.#steps(index, site));
    if (site.hasItem && step?.forEach !== undefined) variables.set('item', this.#item(index, step));
    if (site.inUndo) variables.set('output', this.#answerTo(step));
    const root = this.#root(index, site, variables);
    const facts = site.inUndo || step === undefined ? noFacts : whenFacts(conditionsBefore(step, site), site);
    return {root, variables, facts, lenient: site.lenient === true, noClock: this.#noClock(step, site)};
  }

  /** Why an expression of a step cannot ask for the time, if it cannot. */
  #noClock(step: Step | undefined, {inUndo, agreed}: SiteKind): ShapeScope['noClock'] {
    if (inUndo) return {why: 'cannot be asked in an undo: it goes by the journal alone', butInFilters: false};
    if (agreed === undefined || step === undefined || changeIn(this.#context, step) === undefined)
      return undefined;
    const why =
      'would be another time when the change is sent than when it was agreed to; take it in the output of an earlier step';
    return {why, butInFilters: agreed === 'list'};
  }

  /** Shapes that expressions outside of steps can reach: the inputs and the caller. */
  get scopeBefore(): ShapeScope {
    const variables = new Map<string, Shape>([['inputs', inputsShape(this.#context.runbook.inputs)]]);
    const noClock = {why: 'cannot be asked before the run begins', butInFilters: false};
    return {root: objectOf(variables, (name) => unknownRoot(name, variables)), variables, noClock};
  }

  #root(index: number, site: SiteKind, variables: ReadonlyMap<string, Shape>): Shape {
    const step = this.#context.runbook.steps[index];
    if (site.root === 'output') return this.#output(index);
    if (site.root === 'run' || step === undefined) {
      return objectOf(variables, (name) =>
        site.inUndo ? unknownInUndo(name) : unknownRoot(name, variables, step),
      );
    }
    const from = site.answerFrom ?? site.undoWait?.answerFrom;
    const answer = from === undefined ? this.#answerTo(step) : this.#answer(from);
    if (answer.kind !== 'structure') return answer;
    const explain = (name: string): Explanation | undefined =>
      variables.has(name)
        ? {
            message: `${name} is not in the answer; here the run's own names begin with $`,
            suggestion: `$${name}`,
          }
        : undefined;
    return {...answer, explain} as Shape;
  }

  /** The shapes that an action of a step works with. */
  ofAction(index: number): ActionShapes {
    return {
      answer: (operation) => this.#answer(operation),
      given: (value, root, answerFrom) =>
        this.#inferText(value, this.scopeAt(index, {...forItem, root, ...defined({answerFrom})})),
      inRequest: (expression, {undo, undoWait}) => {
        let isRight = true;
        const scope = this.scopeAt(index, {...forItem, inUndo: undo === true, ...defined({undoWait})});
        const shape = inferShape(expression, scope, () => (isRight = false));
        return isRight ? shape : anything;
      },
    };
  }

  /** The answer that a step's expressions reach. */
  #answerTo(step: Step | undefined): Shape {
    const operation = step === undefined ? undefined : traitsOf(step.action).answeredBy?.(step.action);
    return operation === undefined ? anything : this.#answer(operation);
  }

  /** An operation's answer, as a runbook sees it: a list's pages have become one. */
  #answer(operation: string): Shape {
    const model = this.#context.operations.get(operation);
    return model === undefined ? anything : answerShape(model);
  }

  #item(index: number, step: Step): Shape {
    const list = this.#inferText(step.forEach ?? '', this.scopeAt(index, inRun));
    return union(...optionsOf(list).map(itemOf));
  }

  /** Shape of a step's output. */
  #output(index: number): Shape {
    const known = this.#outputs.get(index);
    if (known !== undefined) return known;
    // A step that refers to itself gets no further than this.
    this.#outputs.set(index, anything);
    const step = this.#context.runbook.steps[index];
    const one =
      step === undefined
        ? anything
        : union(
            traitsOf(step.action).output(step.action, this.ofAction(index)),
            ...this.#caught(index, step),
          );
    const whole =
      step?.forEach === undefined ? one : listOf(this.#isNothingSomewhere(step) ? orNothing(one) : one);
    this.#outputs.set(index, whole);
    return whole;
  }

  /** The shapes that a step's catches give in its output's place. */
  #caught(index: number, step: Step): readonly Shape[] {
    const given = (step.catch ?? []).flatMap(({output}) => (output === undefined ? [] : [output]));
    return given.map((output) => this.#inferText(output, this.scopeAt(index, forItem)));
  }

  /** Returns true if an item of the step may have no output. */
  #isNothingSomewhere(step: Step): boolean {
    return whyNoOutputOfItem(step, this.#context.operations) !== undefined;
  }

  /** `steps`, as a step sees it: those before it. */
  #steps(index: number, site: SiteKind): Shape {
    const {runbook, operations} = this.#context;
    const {steps} = runbook;
    const viewer = steps[index];
    const earlier = steps.slice(0, firstAlongside(steps, index)).map((step, at): readonly [string, Shape] => {
      const byRegion = step.scope === 'region' && viewer?.scope !== 'region';
      const why = whyNoOutput(step, operations, {
        byRegion,
        conditions: viewer === undefined ? [] : conditionsBefore(viewer, site),
      });
      const output = lazily(() =>
        why === undefined
          ? this.#output(at)
          : union(this.#output(at), nothingWhere(`${step.id} has no output ${why}`)),
      );
      if (byRegion) {
        const entry = objectOf([
          ['region', text],
          ['output', output],
        ]);
        return [step.id, objectOf([['byRegion', listOf(entry)]], (name) => regionStepHere(step.id, name))];
      }
      return [step.id, objectOf([['output', output]], (name) => ownStepHere(step.id, name))];
    });
    const elsewhere = (this.#context.shared?.steps ?? []).map((id) => [id, anything] as const);
    return objectOf([...elsewhere, ...earlier], (name) => unknownStep(name, index, steps));
  }

  #inferText(value: string, scope: ShapeScope): Shape {
    try {
      const only = expressionIn(value);
      return only === undefined ? text : inferShape(only, scope, () => {});
    } catch (error) {
      if (error instanceof ExpressionError) return anything;
      throw error;
    }
  }
}

/** The conditions of a step that hold where an expression of it is worked out. */
function conditionsBefore(step: Step, {isWhen}: SiteKind): readonly string[] {
  if (isWhen === 'group') return [];
  return conditionsOf(isWhen === 'step' ? defined({group: step.group}) : step);
}

/** An operation's answer without the token that continues it: a list is read to its last page. */
function answerShape(model: OperationModel): Shape {
  const token = model.pages?.outputToken;
  if (token === undefined) return model.output;
  const members = new Map([...model.output.members()].filter(([name]) => name !== token));
  return {...model.output, members: () => members};
}

function inputsShape(inputs: Readonly<Record<string, Input>>): Shape {
  return objectOf(
    Object.entries(inputs).map(([name, input]) => [name, inputShape(input)] as const),
    (name) => {
      const known = Object.keys(inputs);
      const suggestion = closestName(name, known);
      if (suggestion !== undefined) return {message: `there is no input ${name}`, suggestion};
      return {message: `there is no input ${name}; there are: ${known.join(', ') || 'none'}`};
    },
  );
}

function inputShape({type}: Input): Shape {
  if (type === 'number') return number;
  if (type === 'boolean') return boolean;
  if (type === 'regions') return listOf(text);
  // A run that undoes another one is given a list of changes.
  if (type === 'list') return listOf(anything);
  if (type !== 'journal') return text;
  const change = objectOf([
    ...['region', 'step', 'target', 'operation'].map((name) => [name, text] as const),
    ['before', anything],
    ['written', anything],
  ]);
  return objectOf([
    ['run', text],
    ['account', text],
    ['changes', listOf(change)],
  ]);
}

function unknownRoot(
  name: string,
  variables: ReadonlyMap<string, Shape>,
  step?: Step,
): Explanation | undefined {
  if (name === 'region') return {message: 'region is known only in a Region step'};
  if (name === 'item') {
    const reason = step?.forEach === undefined ? 'in a step with forEach' : 'where one item is worked on';
    return {message: `item is known only ${reason}`};
  }
  const suggestion = closestName(name, variables.keys());
  if (suggestion !== undefined) return {message: `${name} is not known here`, suggestion};
  return {message: `${name} is not known here; there are ${[...variables.keys()].join(', ')}`};
}

function unknownInUndo(name: string): Explanation | undefined {
  if (name !== 'steps' && name !== 'before') return undefined;
  return {
    message: `${name} is not there when this is undone: an undo of a call has its item, output and inputs`,
  };
}

function regionStepHere(id: string, name: string): Explanation | undefined {
  if (name !== 'output') return undefined;
  return {
    message: `${id} is a Region step and has no one output here; steps.${id}.byRegion lists {region, output}`,
    suggestion: 'byRegion',
  };
}

function ownStepHere(id: string, name: string): Explanation | undefined {
  if (name !== 'byRegion') return undefined;
  return {message: `steps.${id} has this lane's own output here`, suggestion: 'output'};
}

function unknownStep(name: string, index: number, steps: readonly Step[]): Explanation {
  const at = indexById(steps, name);
  if (at === index) return {message: `${name} is this very step: it has no output until it ends`};
  if (at > index) return {message: `step ${name} runs later, so it has no output here`};
  if (at >= 0) {
    const message = `step ${name} runs at the same time (alongside), so it has no output here; filter by it in a later step`;
    return {message};
  }
  const earlier = steps.slice(0, index).map(({id}) => id);
  const suggestion = closestName(name, earlier);
  return {message: `there is no step ${name}`, ...defined({suggestion})};
}
