import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import type {Json} from '../../source/data/json.ts';
import {evaluateText} from '../../source/runbook/expression/template.ts';
import {usageRows} from '../../source/runbook/language/usage-rows.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';

const build = 'arn:aws:imagebuilder:eu-west-2:123456789012:image/late/1.0.0/1';
const global = 'arn:aws:iam::123456789012:role/late';

const listed: Json = [
  {Region: 'eu-north-1', Resources: [build, 7, global, 'late', 'a:b:c:d']},
  {Region: 'eu-west-2', Resources: [build]},
  {Resources: [build, 'nowhere']},
  {Region: 'us-east-1'},
];

const rows = [
  {region: 'eu-west-2', resource: build, reportedRegion: 'eu-north-1'},
  {region: 'eu-north-1', resource: global},
  {region: 'eu-north-1', resource: 'late'},
  {region: 'eu-north-1', resource: 'a:b:c:d'},
  {region: 'eu-west-2', resource: build},
  {region: 'eu-west-2', resource: build},
  {region: '', resource: 'nowhere'},
];

/** The `failure.usage` of the shipped removal's wait, as a failed task with this list gives it. */
function shipped(list: Json): Json {
  const {runbook} = findRunbook('delete-service-linked-role');
  const step = runbook.steps.find(({id}) => id === 'deleted');
  const usage = step?.action.kind === 'waitUntil' ? (step.action.failure?.usage ?? '') : '';
  const steps = {task: {output: {Reason: list === null ? {} : {RoleUsageList: list}}}};
  return evaluateText(usage, {root: null, variables: {steps}}, 'lenient');
}

describe('the resources that AWS names as using the role', () => {
  it('are rows of the ARN’s Region, and keep the reported one', () => {
    expect(usageRows(shipped(listed))).toEqual(rows);
  });

  it.each([[null], [[]], [[{}]], ['none'], [[[]]]] as readonly [Json][])('may be missing: %j', (list) => {
    expect(usageRows(shipped(list))).toEqual([]);
  });

  it('are the same rows for a runbook of version 0.1.0, which passed IAM’s list on', () => {
    const file = join(import.meta.dirname, '../fixtures/journals-of-0.1.0/waived.jsonl');
    const started = readJournal(file).events.find(({type}) => type === 'run-started');
    expect(started).toMatchObject({
      runbook: {text: expect.stringMatching(/usage: \$\{\{ .*RoleUsageList\)? \}\}/) as string},
    });
    expect(usageRows(listed)).toEqual(rows);
  });

  it('are left out where a runbook gives something else', () => {
    expect(usageRows([1, 'a', null, {region: 'eu-west-2'}, {resource: 3}])).toEqual([]);
    expect(usageRows([{region: 5, resource: 'r', reportedRegion: {}}])).toEqual([
      {region: '', resource: 'r'},
    ]);
  });
});
