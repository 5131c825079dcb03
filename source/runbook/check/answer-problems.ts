import type {Json} from '../../data/json.ts';
import type {Path, Places} from '../load/source-positions.ts';
import type {Problem} from '../load/problem.ts';
import type {OperationModel} from '../operation.ts';
import {structureProblems, type CheckedRequest} from './request-problems.ts';
import {anything} from './shapes/shapes.ts';

type Members = {readonly [member: string]: Json};

/** Members of a made-up answer that its operation does not have, or that are of the wrong kind. */
export function answerProblems(
  {name, output}: OperationModel,
  answer: Members,
  path: Path,
  places: Places,
): readonly Problem[] {
  const request = {...made(`${name}'s answer`, places), isAnswer: true as const};
  return structureProblems(request, output, answer, path);
}

/** Members of a part of a request that its operation does not have, or that are of the wrong kind. */
export function partProblems(
  {name, input}: OperationModel,
  part: Members,
  path: Path,
  places: Places,
): readonly Problem[] {
  return structureProblems({...made(name, places), partial: true}, input, part, path);
}

/** Values that were made up are no templates: `${{` in them stands for itself. */
function made(owner: string, places: Places): CheckedRequest {
  return {context: {places}, owner, infer: () => anything};
}
