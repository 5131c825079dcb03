import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {testJsonSchema} from '../../source/authoring/tests/language.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {libraryRunbooks, shippedRunbooks} from '../../source/runs/runbooks/shipped-files.ts';
import {jsonSchemaOf} from '../../source/runbook/language/json-schema.ts';
import {languageReference} from '../../source/runbook/language/language-reference.ts';

function textOf(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

describe('the published schema', () => {
  it.each([
    ['runbooks/schema.json', 'runbook'],
    ['runbooks/shared/schema.json', 'step-list'],
  ] as const)('has a current copy: %s', (path, kind) => {
    // To renew them: handrail schema > runbooks/schema.json, and --step-list for the shared one.
    expect(JSON.parse(textOf(path))).toEqual(jsonSchemaOf(kind));
  });

  it('has a current copy of that of test files', () => {
    // To renew it: handrail schema --test > runbooks/tests/schema.json
    expect(JSON.parse(textOf('runbooks/tests/schema.json'))).toEqual(testJsonSchema());
  });

  it('is named by every shipped runbook, for editors', () => {
    for (const name of shippedRunbooks()) {
      const {text, included} = findRunbook(name);
      for (const one of [text, ...included.map((file) => file.text)]) {
        expect(one.split('\n')[0]).toBe('# yaml-language-server: $schema=schema.json');
      }
    }
  });
});

const validate = {
  runbook: new Ajv2020({strict: false, validateFormats: false}).compile(jsonSchemaOf('runbook')),
  'step-list': new Ajv2020({strict: false, validateFormats: false}).compile(jsonSchemaOf('step-list')),
};

describe('the published schema, as editors use it', () => {
  it('takes every shipped runbook and file of shared steps', () => {
    for (const name of [...shippedRunbooks(), ...libraryRunbooks()]) {
      const {text, included} = findRunbook(name);
      expect(validate.runbook(parse(text)), name).toBe(true);
      for (const file of included) expect(validate['step-list'](parse(file.text)), file.name).toBe(true);
    }
  });

  it.each([
    ['no action', {}],
    ['two actions', {call: 'iam:ListRoles', confirm: {message: 'Go on?'}}],
  ])('refuses a step with %s', (_what, members) => {
    const list = {handrail: 1, steps: [{id: 'a', title: 'A', ...members}]};
    expect(validate['step-list'](list)).toBe(false);
    expect(validate.runbook({...list, name: 'a', title: 'A'})).toBe(false);
  });

  it.each(['runbook', 'step-list'] as const)('describes each member of a %s', (kind) => {
    expect(undescribed(jsonSchemaOf(kind), kind)).toEqual([]);
  });
});

/** Places of the members of a schema that have no description. */
function undescribed(schema: unknown, place: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {properties = {}} = schema as {properties?: Record<string, {description?: string}>};
  return [
    ...Object.entries(properties).flatMap(([name, one]) =>
      one.description === undefined ? [`${place}.${name}`] : [],
    ),
    ...Object.entries(schema).flatMap(([name, one]) => undescribed(one, `${place}/${name}`)),
  ];
}

describe('the language reference', () => {
  it('is the one that the schema gives', () => {
    // To renew it: handrail schema --reference > docs/language/reference.md
    expect(textOf('docs/language/reference.md')).toBe(languageReference());
  });
});
