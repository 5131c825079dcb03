import type {Json} from '../../source/data/json.ts';
import {expect, test} from 'vitest';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {evaluateText} from '../../source/runbook/expression/template.ts';

const pipelines = ['a', 'b', 'c'].map((name) => ({arn: `arn:${name}`, schedule: null}));
const listed = [{name: 'nightly', state: 'ENABLED'}];

/** What the operator is told before the deletion, given what the looks in a Region came to; absent: none was made. */
function told(rules: Json | undefined, starts: Json | undefined): string {
  const {steps} = findRunbook('delete-service-linked-role').runbook;
  const action = steps.find(({id}) => id === 'consent')?.action;
  const message = action?.kind === 'confirm' ? action.message : '';
  const region = 'eu-west-1';
  const variables = {
    inputs: {roleName: 'R', pipelines: 'manual'},
    account: {id: '1'},
    steps: {
      role: {output: {RoleId: 'AROA1'}},
      pipelines: {
        byRegion: [
          {region, output: pipelines},
          {region: 'us-east-1', output: []},
        ],
      },
      rules: {byRegion: rules === undefined ? [] : [{region, output: rules}]},
      starts: {byRegion: starts === undefined ? [] : [{region, output: starts}]},
    },
  };
  return String(evaluateText(message, {root: variables, variables}, 'strict'));
}

const sentence = 'EventBridge rules of the default event bus that start them:';

test.each<[string, Json | undefined, Json | undefined]>([
  ['the rules were not answered', null, []],
  ['the Region was not looked at', undefined, undefined],
  ['what a rule starts was not answered', listed, [null]],
])('rules that could not be looked for never read as none: %s', (_why, rules, starts) => {
  expect(told(rules, starts)).toContain(`${sentence} none found; not all could be looked at in eu-west-1.`);
});

test('a rule that was found is named where another one could not be looked at', () => {
  expect(told([...listed, ...listed], [['nightly'], null])).toContain(
    `${sentence} nightly; not all could be looked at in eu-west-1.`,
  );
});

test('rules that were looked for everywhere are named once, or said to be none', () => {
  expect(told(listed, [['nightly', 'nightly'], [], ['weekly (disabled)']])).toContain(
    `${sentence} nightly, weekly (disabled).`,
  );
  expect(told(listed, [[], []])).toContain(`${sentence} none.`);
  expect(told([], [])).toContain(`${sentence} none.`);
});
