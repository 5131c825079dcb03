import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {testJsonSchema} from '../../source/authoring/tests/language.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {shippedRunbooks} from '../../source/runs/runbooks/shipped-files.ts';
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

describe('the language reference', () => {
  it('is the one that the schema gives', () => {
    // To renew it: handrail schema --reference > docs/language/reference.md
    expect(textOf('docs/language/reference.md')).toBe(languageReference());
  });
});
