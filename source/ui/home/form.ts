import {blank, span, type Line} from '../../text/line.ts';
import {padEnd, width, wrap} from '../../text/width.ts';
import {signs} from '../../wording/signs.ts';

/** An input of a runbook, as the form asks for it. */
export interface FormField {
  readonly name: string;
  readonly description?: string;
  /** The default as it would be typed; undefined where a value is needed. */
  readonly initial?: string;
  /** The only values that it takes, or those to choose from. */
  readonly choices?: readonly string[];
  /** Only a choice is taken. */
  readonly closed?: boolean;
  /** Hint at the form of the value. */
  readonly hint?: string;
  /** Says what is wrong with a typed value; undefined when it is usable. */
  readonly problem: (text: string) => string | undefined;
}

/** The form as it is being filled in. */
export interface Form {
  /** The command that it completes. */
  readonly argv: readonly string[];
  readonly title: string;
  readonly fields: readonly FormField[];
  /** Typed values by name; a field that is absent has its default. */
  readonly values: Readonly<Record<string, string>>;
  /** Index of the field with the keyboard. */
  readonly at: number;
  /** The fields were checked: their problems are shown. */
  readonly checked: boolean;
}

/** Longest text that can be typed. */
export const longestValue = 1000;

/** Opens the form of a command, with the keyboard on the first field that needs a value. */
export function formFor(argv: readonly string[], title: string, fields: readonly FormField[]): Form {
  const needed = fields.findIndex(({initial}) => initial === undefined);
  return {argv, title, fields, values: {}, at: Math.max(0, needed), checked: false};
}

/** Returns true if a field has neither a value nor a default. */
export function needsForm(fields: readonly FormField[] | undefined): fields is readonly FormField[] {
  return fields?.some(({initial}) => initial === undefined) === true;
}

export function valueOf({values}: Form, {name, initial = ''}: FormField): string {
  return values[name] ?? initial;
}

export function withValue(form: Form, text: string): Form {
  const field = form.fields[form.at];
  if (field === undefined) return form;
  return {...form, values: {...form.values, [field.name]: text}};
}

/** Chooses the next value of those to choose from, or the one before. */
export function chooseValue(form: Form, by: 1 | -1): Form {
  const field = form.fields[form.at];
  const choices = field?.choices ?? [];
  if (field === undefined || choices.length === 0) return form;
  const now = choices.indexOf(valueOf(form, field));
  const next = now < 0 ? (by > 0 ? 0 : choices.length - 1) : (now + by + choices.length) % choices.length;
  return withValue(form, choices[next] ?? '');
}

function problemOf(form: Form, field: FormField): string | undefined {
  const text = valueOf(form, field);
  if (text === '' && field.initial === undefined) return 'it needs a value';
  return field.problem(text);
}

/** Returns the completed command, or the form with the keyboard on the first field that is wrong. */
export function filled(form: Form): {readonly form: Form} | {readonly command: readonly string[]} {
  const wrong = form.fields.findIndex((field) => problemOf(form, field) !== undefined);
  if (wrong >= 0) return {form: {...form, at: wrong, checked: true}};
  const options = form.fields.flatMap((field) => {
    const text = valueOf(form, field);
    return text === field.initial ? [] : ['--input', `${field.name}=${text}`];
  });
  return {command: [...form.argv, ...options]};
}

/** The form in lines of at most `columns`, and the line with the keyboard. */
export function formLines(
  form: Form,
  columns: number,
): {readonly lines: readonly Line[]; readonly at: number} {
  const names = Math.min(
    Math.max(0, ...form.fields.map(({name}) => width(name))),
    Math.max(8, Math.floor(columns / 3)),
  );
  const lines: Line[] = [];
  let at = 0;
  for (const [index, field] of form.fields.entries()) {
    const here = index === form.at;
    if (here) at = lines.length;
    lines.push(fieldLine(form, field, here, names));
    if (here) lines.push(...aboutField(form, field, names, columns));
  }
  return {lines, at};
}

function fieldLine(form: Form, field: FormField, here: boolean, names: number): Line {
  const value = valueOf(form, field);
  const wrong = form.checked && problemOf(form, field) !== undefined;
  const needed = value === '' && field.initial === undefined;
  return [
    span(here ? ' ▸ ' : '   ', 'accent'),
    span(padEnd(field.name, names), here ? 'selected' : undefined),
    span('  '),
    ...(wrong ? [span(`${signs.trouble.glyph} `, signs.trouble.tone)] : []),
    span(value, value === field.initial && !here ? 'quiet' : undefined),
    ...(here && field.closed !== true ? [span('▏', 'accent')] : []),
    ...(needed && !here ? [span('needs a value', 'quiet')] : []),
  ];
}

function aboutField(form: Form, field: FormField, names: number, columns: number): readonly Line[] {
  const indent = names + 5;
  const room = Math.max(10, columns - indent - 1);
  const problem = form.checked ? problemOf(form, field) : undefined;
  const {choices = [], description, hint} = field;
  const listed =
    choices.length === 0 ? '' : `← → ${choices.slice(0, 6).join(' · ')}${choices.length > 6 ? ' …' : ''}`;
  const texts = [description ?? '', hint ?? '', listed].filter((text) => text !== '');
  return [
    ...(problem === undefined
      ? []
      : wrap(problem, room).map((text): Line => [span(' '.repeat(indent)), span(text, 'bad')])),
    ...texts.flatMap((text) =>
      wrap(text, room).map((part): Line => [span(' '.repeat(indent)), span(part, 'quiet')]),
    ),
    blank,
  ];
}
