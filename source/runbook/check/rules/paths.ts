import {ExpressionError} from '../../expression/parse.ts';
import type {Shape} from '../../operation.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';
import {inferShape} from '../shapes/infer-shape.ts';
import type {ShapeScope} from '../shapes/place.ts';
import {isObjectShape, isText} from '../shapes/shapes.ts';
import {nothingIn, optionsOf, shapeInWords, something} from '../shapes/unions.ts';
import {StepShapes} from '../shapes/step-shapes.ts';
import {inRun, messageInRun, sitesIn, type Site, type Wanted} from '../shapes/expression-sites.ts';
import {sitesOf} from '../shapes/step-sites.ts';

/** Expressions whose paths cannot exist, reach a step that has not run, or give something of the wrong kind. */
export function pathsRule(context: CheckContext): readonly Problem[] {
  const shapes = new StepShapes(context);
  const {runbook, places} = context;
  const before = sitesIn(runbook, ['regions'], [], {...inRun, wanted: 'list'}).flatMap((site) =>
    problemsAt(site, shapes.scopeBefore, places),
  );
  const inSteps = runbook.steps.flatMap((step, index) =>
    sitesOf(step, ['steps', index]).flatMap((site) => problemsAt(site, shapes.scopeAt(index, site), places)),
  );
  // The result is worked out at the end, where the account's lane is.
  const last = runbook.steps.length;
  const inResult = sitesIn(runbook, ['result'], [], messageInRun).flatMap((site) =>
    problemsAt(site, shapes.scopeAt(last, site), places),
  );
  return [...before, ...inSteps, ...inResult];
}

function problemsAt(site: Site, scope: ShapeScope, places: CheckContext['places']): readonly Problem[] {
  const problems: Problem[] = [];
  let given: Shape;
  try {
    given = inferShape(site.source, scope, ({message, suggestion, offset}) =>
      problems.push(places.atText(site.path, site.offset + offset, message, suggestion)),
    );
  } catch (error) {
    // Loading the file has already reported texts that do not parse.
    if (error instanceof ExpressionError) return [];
    throw error;
  }
  if (problems.length === 0 && !optionsOf(given).every((one) => fits(site.wanted, one))) {
    const may =
      nothingIn(given) !== undefined && optionsOf(something(given)).every((one) => fits(site.wanted, one));
    const found = may
      ? 'this may be nothing; not_null(…, …) says what counts then'
      : `this is ${shapeInWords(given)}`;
    problems.push(places.atText(site.path, site.offset, `${wants[site.wanted]}, and ${found}`));
  }
  return problems;
}

const wants: Readonly<Record<Wanted, string>> = {
  boolean: 'true or false is needed here',
  list: 'a list is needed here',
  number: 'a number is needed here',
  object: 'an object is needed here',
  text: 'a text is needed here',
  time: 'a time is needed here',
  duration: 'a duration such as 10m is needed here',
  anything: '',
};

function fits(wanted: Wanted, given: Shape): boolean {
  if (wanted === 'anything' || given.kind === 'document') return true;
  if (wanted === 'object') return isObjectShape(given);
  return ['text', 'time', 'duration'].includes(wanted) ? isText(given) : given.kind === wanted;
}
