import {defined} from '../../data/defined.ts';
import {functionNames} from '../expression/signatures.ts';
import {actionKinds} from './actions/actions.ts';
import {deviations, limits, timeFunctionRows, timeNotes, typeNotes} from './expression-notes.ts';
import {jsonSchemaOf} from './json-schema.ts';

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The reference of the runbook language, in Markdown, made from the schema: it cannot say anything else. */
export function languageReference(): string {
  const schema = jsonSchemaOf('runbook') as Schema;
  const properties = schema.properties ?? {};
  const {inputs, steps, ...head} = properties;
  const {result = {}} = head;
  const [, include = {}, group = {}] = steps?.items?.anyOf ?? [];
  const {step = {}} = schema.$defs ?? {};
  const lines = [
    '# Runbook language: reference',
    '',
    'Made from the schema by `handrail schema --reference`; do not edit. [The tutorial](tutorial.md) teaches the',
    'language from the beginning.',
    '',
    '## A runbook file',
    '',
    ...table({
      ...schema,
      properties: {
        ...head,
        ...(steps === undefined
          ? {}
          : {
              steps: {
                type: 'array',
                description:
                  'The steps, in order: at most 100. An entry is a step, an `include` or a `group`.',
              },
            }),
      },
    }),
    '## Inputs',
    '',
    inputs?.description ?? '',
    '',
    ...(inputOf(inputs).oneOf ?? []).flatMap((variant) => inputSection(variant)),
    '## A step',
    '',
    `A step has exactly one action: ${anyOf(actionKinds.map((kind) => `\`${kind}\``))}.`,
    '',
    ...section(step, 'step'),
    '## An include',
    '',
    include.description ?? '',
    '',
    ...table(include),
    'Such a file has `handrail: 1`, `steps`, and perhaps `parameters: {name: {description, default}}`. Its expressions reach',
    '`parameters.name`, and `$parameters.name` where they are worked out on an answer.',
    '',
    '## A group',
    '',
    group.description ?? '',
    '',
    ...table(asList(group, 'steps')),
    '## A result',
    '',
    ...section(result, 'result'),
    '## Expressions',
    '',
    '`${{ }}` holds [JMESPath](https://jmespath.org) in its',
    '[community edition](https://jmespath.site), with strict paths and types.',
    '',
    '### Types',
    '',
    ...typeNotes.flatMap((note) => [note, '']),
    '### Times',
    '',
    ...timeNotes.flatMap((note) => [note, '']),
    '| | Gives |',
    '| --- | --- |',
    ...timeFunctionRows.map((cells) => row(...cells)),
    '',
    '### Differences from JMESPath',
    '',
    '| JMESPath | Handrail |',
    '| --- | --- |',
    ...Object.values(deviations).map(({jmespath, handrail}) => row(jmespath, handrail)),
    '',
    '### Limits',
    '',
    '| | At most |',
    '| --- | --- |',
    ...limits.map(([what, most]) => row(what, most)),
    '',
    'A list of 100,000 entries can have three short members each; a long text counts once more for every 16 characters. More',
    'than that fails the step as a mistake of the runbook: it is not tried again, and the Region counts as unknown.',
    '',
    '### Functions',
    '',
    functionNames()
      .map((name) => `\`${name}\``)
      .join(', '),
    '',
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** A schema with a member of which only its description is shown. */
function asList(schema: Schema, member: string): Schema {
  const {description} = schema.properties?.[member] ?? {};
  return {
    ...schema,
    properties: {...schema.properties, [member]: {type: 'array', ...defined({description})}},
  };
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function anyOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function inputOf(inputs: Schema | undefined): Schema {
  return typeof inputs?.additionalProperties === 'object' ? inputs.additionalProperties : {};
}

function inputSection(variant: Schema): readonly string[] {
  const type = String(variant.properties?.['type']?.const ?? '');
  const {type: _, ...members} = variant.properties ?? {};
  return [
    `### \`type: ${type}\``,
    '',
    variant.description ?? '',
    '',
    ...table({...variant, properties: members}),
  ];
}

/** A table of an object's members, then a section for each member that is an object itself. */
function section(schema: Schema, name: string): readonly string[] {
  const below = Object.entries(schema.properties ?? {}).flatMap(([member, value]) => {
    const object = objectIn(value);
    return object === undefined ? [] : [`### \`${member}\``, '', ...section(object, member)];
  });
  return [...(name === 'step' ? [] : [schema.description ?? '', '']), ...table(schema), ...below];
}

/** Returns the nested object of a member, or the object that its list holds. */
function objectIn(schema: Schema): Schema | undefined {
  const variants = [schema, ...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])];
  const found = variants.filter(({properties}) => properties !== undefined);
  if (found.length === 0) return undefined;
  const description = schema.description ?? found[0]?.description;
  const merged = Object.assign({}, ...found.map(({properties}) => properties)) as Schema['properties'];
  const required = found.length === 1 ? (found[0]?.required ?? []) : [];
  return {
    ...defined({properties: merged}),
    required,
    ...defined({description}),
  };
}

function table(schema: Schema): readonly string[] {
  const rows = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const needed =
      schema.required?.includes(name) === true && member.default === undefined ? ' (needed)' : '';
    return `| \`${name}\`${needed} | ${kindOf(member)} | ${about(member)} |`;
  });
  return rows.length === 0 ? [] : ['| Member | Kind | |', '| --- | --- | --- |', ...rows, ''];
}

function about({description = '', default: given, enum: values}: Schema): string {
  const choices =
    values === undefined ? '' : ` One of ${values.map((one) => `\`${String(one)}\``).join(', ')}.`;
  const fallback = given === undefined ? '' : ` Left out: \`${JSON.stringify(given)}\`.`;
  return `${description.replaceAll('|', '\\|').replaceAll('\n', ' ')}${choices}${fallback}`.trim();
}

function kindOf(schema: Schema): string {
  const {type, anyOf = [], items, const: only, $ref} = schema;
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if ($ref !== undefined) return 'any value';
  if (anyOf.length > 0) return [...new Set(anyOf.map(kindOf))].join(' or ');
  if (type === 'array') return items === undefined ? 'list' : `list of ${kindOf(items)}`;
  if (type === 'string') return schema.pattern?.includes('\\$\\{\\{') === true ? 'expression' : 'text';
  return type ?? 'any value';
}
