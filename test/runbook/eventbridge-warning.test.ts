import type {Json} from '../../source/data/json.ts';
import {expect, test} from 'vitest';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {evaluateText} from '../../source/runbook/expression/template.ts';

const pipelines = ['a', 'b', 'c'].map((name) => ({arn: `arn:${name}`, schedule: null}));

/** What the operator is told before the deletion, given what each Region's look for rules came to. */
function told(rules: readonly Json[]): string {
  const {steps} = findRunbook('delete-service-linked-role').runbook;
  const action = steps.find(({id}) => id === 'consent')?.action;
  const message = action?.kind === 'confirm' ? action.message : '';
  const variables = {
    inputs: {roleName: 'R', pipelines: 'manual'},
    account: {id: '1'},
    steps: {
      role: {output: {RoleId: 'AROA1'}},
      pipelines: {byRegion: [{region: 'eu-west-1', output: pipelines}]},
      rules: {byRegion: rules},
    },
  };
  return String(evaluateText(message, {root: variables, variables}, 'strict'));
}

test('rules that could not be looked for never read as none', () => {
  expect(told([{region: 'eu-west-1', output: [null, null, null]}])).toContain('looked for at 0 of them only');
  expect(told([{region: 'eu-west-1', output: [['nightly'], null, []]}])).toMatch(
    /at 2 of them only.*nightly/,
  );
});

test('rules that were looked for everywhere are named, or said to be none', () => {
  expect(told([{region: 'eu-west-1', output: [['nightly'], [], ['weekly']]}])).toContain(
    'EventBridge rules that start them: nightly, weekly.',
  );
  expect(told([{region: 'eu-west-1', output: [[], [], []]}])).toContain('that start them: none.');
});

test('where no Region was looked at, it is said for how many pipelines that is not known', () => {
  expect(told([])).toContain('looked for at 0 of them only');
});
