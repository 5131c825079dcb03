import {lookUp} from '../../aws/catalogue/operation-models.ts';
import type {Member, OperationModel, Shape} from '../../runbook/operation.ts';
import type {Path} from '../../runbook/load/source-positions.ts';
import {valueAt, type WrittenAt} from './written-at.ts';

/** Members of a request that a step writes, and the member beside them that names the operation. */
const requestsBy: readonly (readonly [member: string, operation: string])[] = [
  ['with', 'call'],
  ['with', 'read'],
  ['set', 'write'],
  ['writeWith', 'write'],
];

/** The structure of a request that a place is in. */
export interface RequestAt {
  readonly model: OperationModel;
  readonly members: ReadonlyMap<string, Member>;
  /** The names that are written already. */
  readonly written: readonly string[];
}

/** Returns the structure that the last member of a path belongs to, where that is a part of a request. */
export async function requestAt({path, value}: WrittenAt): Promise<RequestAt | undefined> {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    for (const [member, operation] of requestsBy) {
      if (path[depth] !== member) continue;
      const name = valueAt(value, [...path.slice(0, depth), operation]);
      if (typeof name !== 'string') continue;
      const found = await lookUp(name);
      if (!('model' in found)) return undefined;
      const shape = below(found.model.input, path.slice(depth + 1, -1));
      if (shape?.kind !== 'structure') return undefined;
      const given = valueAt(value, path.slice(0, -1));
      return {
        model: found.model,
        members: shape.members(),
        written: typeof given === 'object' && given !== null ? Object.keys(given) : [],
      };
    }
  }
  return undefined;
}

function below(shape: Shape, path: Path): Shape | undefined {
  let found: Shape | undefined = shape;
  for (const part of path) {
    found = found?.kind === 'structure' ? found.members().get(String(part))?.shape : found?.item();
  }
  return found;
}
