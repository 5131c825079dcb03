import {clientOtherwiseCalled, isClientName} from '../../aws/catalogue/client-names.ts';
import {foundClients} from '../../aws/catalogue/find-client.ts';
import {loadService, shippedServices, UnknownOperation} from '../../aws/catalogue/sdk-service.ts';
import {something} from '../../runbook/check/shapes/unions.ts';
import type {Shape} from '../../runbook/operation.ts';
import {lineBefore} from './document-text.ts';
import {reachAt} from './expression-at.ts';
import {requestAt} from './operation-at.ts';
import {pathAt, type PathAt} from './path-at.ts';
import {inWords} from './shape-text.ts';
import {writtenAt} from './written-at.ts';

/** Something that an editor offers. */
export interface Completion {
  readonly label: string;
  readonly detail: string;
  /** What it puts in the place of what is written, from `start` on. */
  readonly insert: string;
  readonly start: number;
  /** Text that an editor compares with what is typed, where that is not `insert`. */
  readonly typed?: string;
}

/** Returns what may be written at an offset: an operation, a member of a request, or a part of a path. */
export async function completionsAt(
  file: string,
  text: string,
  offset: number,
): Promise<readonly Completion[]> {
  const path = pathAt(text, offset);
  if (path !== undefined) return pathsAt(file, text, path);
  const line = lineBefore(text, offset);
  const operation = /(?:^|[\s{,-])(?:call|read|write):\s+['"]?([a-z0-9-]*)(:([A-Za-z0-9]*))?$/.exec(line);
  if (operation !== null) {
    const [, service = '', colon, name = ''] = operation;
    const start = offset - name.length - service.length - (colon === undefined ? 0 : 1);
    return colon === undefined ? services(service, start) : operationsOf(service, start);
  }
  const member = /^[\s-]*([A-Za-z0-9]*)$/.exec(line) ?? /[{,]\s*([A-Za-z0-9]*)$/.exec(line);
  return member === null ? [] : membersAt(text, offset, member[1] ?? '');
}

/** The clients that are installed, and the one that is typed by another name. */
function services(typed: string, start: number): readonly Completion[] {
  const names = new Set([...shippedServices(), ...foundClients(process.env).map(({service}) => service)]);
  const installed = [...names].toSorted().map((name) => ({
    label: `${name}:`,
    detail: 'a client that is installed',
    insert: `${name}:`,
    start,
  }));
  const other = names.has(typed) ? undefined : clientOtherwiseCalled(typed);
  if (other === undefined) return installed;
  const detail = names.has(other)
    ? `${typed}, as the SDK names it`
    : `${typed}, as the SDK names it: handrail clients add ${other}`;
  return [...installed, {label: `${other}:`, detail, insert: `${other}:`, start, typed}];
}

async function operationsOf(written: string, start: number): Promise<readonly Completion[]> {
  const service = isClientName(written) ? written : (clientOtherwiseCalled(written) ?? written);
  try {
    const {operations, model} = await loadService(service);
    return operations().map((operation) => {
      const name = `${service}:${operation}`;
      const detail = model(operation).effect === 'read' ? 'only reads' : 'changes something';
      return {label: name, detail, insert: name, start, typed: `${written}:${operation}`};
    });
  } catch (error) {
    if (error instanceof UnknownOperation) return [];
    throw error;
  }
}

/** The members that a request may have, at a name that is begun. */
async function membersAt(text: string, offset: number, begun: string): Promise<readonly Completion[]> {
  const start = offset - begun.length;
  const rest = /^[A-Za-z0-9]*/.exec(text.slice(offset))?.[0] ?? '';
  const after = text.slice(offset + rest.length);
  // A name alone is no member yet.
  const whole = after.trimStart().startsWith(':') ? text : `${text.slice(0, start)}handrailCursor: x${after}`;
  const written = writtenAt(whole, start);
  if (written === undefined) return [];
  const request = await requestAt(written);
  if (request === undefined) return [];
  return [...request.members]
    .filter(([name]) => name === begun || !request.written.includes(name))
    .map(([name, {shape, required}]) => ({
      label: name,
      detail: `${inWords(shape)}${required ? ', required' : ''}`,
      insert: after.trimStart().startsWith(':') ? name : `${name}: `,
      start,
    }));
}

async function pathsAt(file: string, text: string, path: PathAt): Promise<readonly Completion[]> {
  const reach = await reachAt(file, text, path);
  if (reach === undefined) return [];
  const {start, owner} = path;
  const found = owner === '' ? reach.names : membersOf(reach.shapeOf(owner), owner);
  return [...found].map(([name, shape]) => ({
    label: name,
    detail: inWords(shape),
    insert: name,
    start,
  }));
}

/** The names that may follow a path: of the items, where it goes on with each of them. */
function membersOf(shape: Shape, owner: string): ReadonlyMap<string, Shape> {
  const value = something(shape);
  const inside = value.kind === 'list' && owner.endsWith(']') ? something(value.item() ?? value) : value;
  return new Map([...inside.members()].map(([name, member]) => [name, member.shape]));
}
