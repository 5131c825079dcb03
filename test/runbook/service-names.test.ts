import {describe, expect, it} from 'vitest';
import {clientOtherwiseCalled, isClientName} from '../../source/aws/catalogue/client-names.ts';
import {servicesWithRegions} from '../../source/runbook/check/services-with-regions.ts';
import {problemsIn, withSteps} from './marked-runbook.ts';

describe('operations', () => {
  it.each([
    ['events', 'eventbridge'],
    ['autoscaling', 'auto-scaling'],
    ['elb', 'elastic-load-balancing-v2'],
    ['logs', 'cloudwatch-logs'],
    ['secretsmanager', 'secrets-manager'],
    ['stepfunctions', 'sfn'],
    ['ddb', 'dynamodb'],
    ['dynamo', 'dynamodb'],
    ['asg', 'auto-scaling'],
    ['cfn', 'cloudformation'],
  ])('belong to a client that is not named %s but %s', async (guessed, client) => {
    const text = withSteps(`  - {id: a, title: A, call: ${guessed}:ListClusters, ifInstalled: true}\n`);
    const [problem, ...more] = await problemsIn(text);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({line: 5, column: 29, suggestion: client});
    expect(problem?.message).toMatch(/no client of the AWS SDK has this name/);
  });

  it('may belong to a client that Handrail does not know', async () => {
    const [problem] = await problemsIn(withSteps(`  - {id: a, title: A, call: imagebuildr:ListImages}\n`));
    expect(problem?.suggestion).toBe('imagebuilder');
    expect(problem?.message).toMatch(
      /knows no client of this name; if the AWS SDK has one, handrail clients add/,
    );
  });
});

it('lead to a client from each name in the lists of Regions, but for those that have no client', () => {
  const lost = [...servicesWithRegions].filter(
    (name) => !isClientName(name) && clientOtherwiseCalled(name) === undefined,
  );
  expect(lost).toEqual(['cloudshell']);
});
