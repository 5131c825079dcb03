import {stringify} from 'yaml';
import {nameInRegionLists, servicesWithRegions} from '../../runbook/check/services-with-regions.ts';
import type {OperationModel, Shape} from '../../runbook/operation.ts';
import {formatted} from '../format/format.ts';
import {camelCase, requiredMembers, type Inputs} from './inputs-for.ts';

/** Services of which an account has one, wherever it is asked. */
const global: ReadonlySet<string> = new Set(
  'account budgets cloudfront cost-explorer iam identitystore organizations route-53 sso-admin sts'.split(
    ' ',
  ),
);

interface Step extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

/** Characters that an id may have, less two for a number. */
const longestId = 38;

/** A list that an earlier step gives. */
interface List {
  readonly step: string;
  readonly scope: string;
  /** The member of the answer that is the list. */
  readonly name: string;
  readonly item: Shape;
}

/**
 * Returns a runbook that calls these operations in this order: the members that each needs are inputs, or come from the
 * items of a list before. Before the first change it asks. It passes a check, and is in fmt's form.
 */
export function skeleton(models: readonly OperationModel[], name = nameFor(models)): string {
  const inputs: Inputs = new Map();
  const steps: Step[] = [];
  const lists: List[] = [];
  const ids = new Set<string>();
  for (const model of models) {
    if (model.effect === 'change' && !ids.has('approve')) steps.push(approval(ids));
    const step = stepFor(model, lists, inputs, ids);
    steps.push(step);
    const list = listedBy(model);
    const item = list?.shape.item();
    if (list !== undefined && item !== undefined && step['forEach'] === undefined)
      lists.push({step: step.id, scope: scopeOf(model), name: list.name, item});
  }
  const regional = models.find((model) => scopeOf(model) === 'region');
  const listed = regional === undefined ? undefined : inRegionLists(regional.service);
  const content = {
    handrail: 1,
    name,
    title: sentence(models.at(-1)?.operation ?? name),
    ...(listed === undefined ? {} : {regionsOf: listed}),
    ...(inputs.size === 0 ? {} : {inputs: Object.fromEntries(inputs)}),
    steps,
  };
  const text = stringify(content, {lineWidth: 0, aliasDuplicateObjects: false});
  return formatted(`${name}.yaml`, `${head(models)}${text}`);
}

function head(models: readonly OperationModel[]): string {
  const changes = models.some(({effect}) => effect === 'change');
  const lines = [
    'yaml-language-server: $schema=schema.json',
    `Made by \`handrail new ${models.map(({name}) => name).join(' ')}\`.`,
    ...(changes
      ? ['Write for each change how it is taken back (undo), and for the operator what it does.']
      : []),
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}

function stepFor(model: OperationModel, lists: readonly List[], inputs: Inputs, ids: Set<string>): Step {
  const scope = scopeOf(model);
  const needed = textsNeeded(model);
  const from = lists.findLast((list) => list.scope === scope && knownFrom(list, needed).size > 0);
  const known = from === undefined ? new Map<string, string>() : knownFrom(from, needed);
  const members = requiredMembers(model, known, inputs);
  const list = model.effect === 'read' && from === undefined ? listedBy(model) : undefined;
  return {
    id: idFor(model, ids),
    title: sentence(model.operation),
    ...(scope === 'region' ? {scope} : {}),
    ...(from === undefined ? {} : {forEach: `\${{ steps.${from.step}.output }}`}),
    call: model.name,
    ...(Object.keys(members).length === 0 ? {} : {with: members}),
    ...(model.effect === 'change' ? {undo: {impossible: 'nothing is written yet that takes it back'}} : {}),
    ...(list === undefined ? {} : {output: `\${{ ${list.name} }}`, summary: '${{ length(@) }} found'}),
  };
}

/** Expressions for the members that an item of a list has, maybe by a shorter name: `arn` for `imagePipelineArn`. */
function knownFrom({step, name, item}: List, needed: readonly string[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const wanted of needed) {
    const same = [...item.members()].find(
      ([member, {shape}]) =>
        shape.kind === 'string' && (member === wanted || isShortFor(member, wanted, step)),
    );
    if (same !== undefined) known.set(wanted, `\${{ item.${same[0]} }}`);
    else if (item.kind === 'string' && name === `${wanted}s`) known.set(wanted, '${{ item }}');
  }
  return known;
}

/** `arn` of an item of `imagePipelines` is its `imagePipelineArn`. */
function isShortFor(member: string, wanted: string, step: string): boolean {
  const long = wanted.toLowerCase();
  if (!long.endsWith(member.toLowerCase())) return false;
  const owner = long.slice(0, -member.length);
  return owner !== '' && step.toLowerCase().startsWith(owner);
}

/** The required members that are texts. */
function textsNeeded({input, tokenMember}: OperationModel): readonly string[] {
  return [...input.members()].flatMap(([name, {required, shape}]) =>
    required && shape.kind === 'string' && name !== tokenMember ? [name] : [],
  );
}

/** The only list of an answer; undefined where there is none, or more than one. */
function listedBy({output, effect}: OperationModel): {name: string; shape: Shape} | undefined {
  if (effect !== 'read') return undefined;
  const lists = [...output.members()].filter(([, {shape}]) => shape.kind === 'list');
  const [only] = lists;
  return only === undefined || lists.length > 1 ? undefined : {name: only[0], shape: only[1].shape};
}

function approval(ids: Set<string>): Step {
  ids.add('approve');
  return {
    id: 'approve',
    title: 'Approve the changes',
    confirm: {message: 'Say here what the changes mean for those who use these resources.'},
  };
}

/** `ListRoles` is `roles`, and `UpdateRole` is `updateRole`. */
function idFor({operation, effect}: OperationModel, ids: Set<string>): string {
  const looked = operation.replace(/^(?:BatchGet|Describe|Get|List|Search)(?=[A-Z])/, '');
  const plain = shortened(camelCase(effect === 'read' ? looked : operation));
  let id = plain;
  for (let count = 2; ids.has(id); count += 1) id = `${plain}${count}`;
  ids.add(id);
  return id;
}

/** An id without the last words, where it would be too long for a runbook. */
function shortened(id: string): string {
  const words = id.split(/(?=[A-Z][a-z])/);
  while (words.join('').length > longestId) words.pop();
  return words.join('');
}

/** `ListMFADevices` as `List MFA devices`. */
function sentence(operation: string): string {
  const words = operation.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return words
    .map((word, at) => (at === 0 || /^[A-Z0-9]+$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

function nameFor(models: readonly OperationModel[]): string {
  return sentence(models.at(-1)?.operation ?? 'runbook')
    .toLowerCase()
    .replaceAll(' ', '-');
}

function scopeOf({service}: OperationModel): 'account' | 'region' {
  return global.has(service) ? 'account' : 'region';
}

function inRegionLists(service: string): string | undefined {
  return servicesWithRegions.has(service) ? service : nameInRegionLists(service);
}
