import {describe, expect, it} from 'vitest';
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
    expect(problem?.message).toMatch(/knows no client of this name; if the AWS SDK has one, npm install/);
  });
});
