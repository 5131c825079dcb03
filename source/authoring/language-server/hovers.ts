import {lookUp} from '../../aws/catalogue/operation-models.ts';
import {reachAt} from './expression-at.ts';
import {requestAt} from './operation-at.ts';
import {pathAround} from './path-at.ts';
import {memberText, operationText, shapeText} from './shape-text.ts';
import {valueAt, writtenAt} from './written-at.ts';

/** Returns what is known of the operation, the member or the path at an offset, in Markdown. */
export async function hoverAt(file: string, text: string, offset: number): Promise<string | undefined> {
  const path = pathAround(text, offset);
  if (path !== undefined) {
    const reach = path.name === '' ? undefined : await reachAt(file, text, path);
    if (reach === undefined) return undefined;
    const whole = path.owner === '' ? path.name : `${path.owner}.${path.name}`;
    return shapeText(whole, reach.shapeOf(whole));
  }
  const written = writtenAt(text, offset);
  if (written === undefined) return undefined;
  const name = String(written.path.at(-1));
  if (!written.isKey && ['call', 'read', 'write'].includes(name)) {
    const operation = valueAt(written.value, written.path);
    const found = typeof operation === 'string' ? await lookUp(operation) : undefined;
    return found !== undefined && 'model' in found ? operationText(found.model) : undefined;
  }
  const member = written.isKey ? (await requestAt(written))?.members.get(name) : undefined;
  return member === undefined ? undefined : memberText(name, member);
}
