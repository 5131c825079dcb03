import {describe, expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';

const text = (service: string): string => `handrail: 1
name: test
title: Test
regionsOf: ${service}
steps:
  - {id: who, title: Who, scope: region, call: sts:GetCallerIdentity}
`;

const warned = async (service: string) =>
  (await checkRunbook(parseRunbook('test.yaml', text(service)), lookUp)).warnings.map(
    ({line, column, suggestion}) => ({place: `${line}:${column}`, suggestion}),
  );

describe('regionsOf', () => {
  it.each(['imagebuilder', 'ec2', 'events', 'ssm', 'logs'])('%s is known', async (service) => {
    expect(await warned(service)).toEqual([]);
  });

  it.each([
    ['eventbridge', 'events'],
    ['auto-scaling', 'autoscaling'],
    ['elastic-load-balancing-v2', 'elb'],
    ['cloudwatch-logs', 'logs'],
    ['image-builder', 'imagebuilder'],
    ['secrets-manager', 'secretsmanager'],
    ['imagebuildr', 'imagebuilder'],
    ['something-new-of-aws', undefined],
  ])('%s is warned of, for then every Region is visited', async (service, suggestion) => {
    expect(await warned(service)).toEqual([{place: '4:12', suggestion}]);
  });
});
