import type {Member, OperationModel, Shape} from '../../source/runbook/operation.ts';

const text: Shape = {kind: 'string', members: () => new Map(), item: () => undefined};

function member(shape: Shape, sensitive = false): Member {
  return {shape, required: false, sensitive};
}

/** A structure of texts, or of the shapes that are given. */
export function structure(members: Readonly<Record<string, Shape | 'text' | 'sensitive'>>): Shape {
  const entries = Object.entries(members).map(([name, shape]): [string, Member] => {
    if (typeof shape === 'string') return [name, member(text, shape === 'sensitive')];
    return [name, member(shape)];
  });
  return {kind: 'structure', members: () => new Map(entries), item: () => undefined};
}

export function listOf(item: Shape): Shape {
  return {kind: 'list', members: () => new Map(), item: () => item};
}

/** The model of an operation; what is not said is a read that takes and answers nothing in particular. */
export function model(name: string, more: Partial<OperationModel> = {}): OperationModel {
  const [service = '', operation = ''] = name.split(':');
  const common = {name, service, operation, effect: 'read', resend: 'idempotent'} as const;
  return {...common, input: structure({}), output: structure({}), ...more};
}

const box = structure({boxId: 'text', label: 'text', color: 'text', schedule: 'text', clientToken: 'text'});

const moved = structure({
  box: 'text',
  now: 'text',
  shelf: 'text',
  size: structure({width: 'text', depth: 'text'}),
});

/** A service of a test's own: boxes that are listed, read, updated, deleted, opened and watched. */
export const boxService: readonly OperationModel[] = [
  model('box:ListBoxes', {pages: {inputToken: 'nextToken', outputToken: 'nextToken'}}),
  model('box:GetBox'),
  model('box:UpdateBox', {effect: 'change', resend: 'token', tokenMember: 'clientToken', input: box}),
  model('box:MoveBox', {effect: 'change', input: moved}),
  model('box:DeleteBox', {effect: 'change', resend: 'idempotent', deletes: true}),
  model('box:OpenBox', {effect: 'change', resend: 'never'}),
  model('box:WrapBox', {effect: 'change', resend: 'never', input: box}),
  model('box:ShipBox', {effect: 'change', resend: 'token', tokenMember: 'clientToken'}),
];
