import {traitsOf} from '../../actions/actions.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';
import {requestProblems} from '../request-problems.ts';
import {StepShapes} from '../shapes/step-shapes.ts';

/** Requests with members that the operation does not have, that are of the wrong kind, or that are missing. */
export function membersRule(context: CheckContext): readonly Problem[] {
  const shapes = new StepShapes(context);
  return context.runbook.steps.flatMap(({action}, index) => {
    const base = ['steps', index];
    const traits = traitsOf(action);
    const known = shapes.ofAction(index);
    if (traits.requestProblems !== undefined) return traits.requestProblems(action, context, base, known);
    return traits.requests(action).flatMap((request) => requestProblems(context, request, base, known));
  });
}
