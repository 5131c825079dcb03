import {describe, expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import type {Problem} from '../../source/runbook/load/problem.ts';

const text = (service: string): string => `handrail: 1
name: test
title: Test
regionsOf: ${service}
steps:
  - {id: who, title: Who, scope: region, call: sts:GetCallerIdentity}
`;

interface Found {
  readonly place: string;
  readonly suggestion: string | undefined;
}

const at = ({line, column, suggestion}: Problem): Found => ({place: `${line}:${column}`, suggestion});

async function found(service: string): Promise<{readonly problems: Found[]; readonly warnings: Found[]}> {
  const {problems, warnings} = await checkRunbook(parseRunbook('test.yaml', text(service)), lookUp);
  return {problems: problems.map(at), warnings: warnings.map(at)};
}

describe('regionsOf', () => {
  it.each(['imagebuilder', 'ec2', 'events', 'ssm', 'logs'])('%s is known', async (service) => {
    expect(await found(service)).toEqual({problems: [], warnings: []});
  });

  it.each([
    ['eventbridge', 'events'],
    ['auto-scaling', 'autoscaling'],
    ['elastic-load-balancing-v2', 'elb'],
    ['cloudwatch-logs', 'logs'],
    ['image-builder', 'imagebuilder'],
    ['secrets-manager', 'secretsmanager'],
    ['imagebuildr', 'imagebuilder'],
  ])('%s is refused, for then every Region would be visited: %s is meant', async (service, suggestion) => {
    expect(await found(service)).toEqual({problems: [{place: '4:12', suggestion}], warnings: []});
  });

  it.each(['something-new-of-aws', 'mgx'])(
    '%s may be a service that is newer than Handrail',
    async (service) => {
      expect(await found(service)).toEqual({
        problems: [],
        warnings: [{place: '4:12', suggestion: undefined}],
      });
    },
  );
});
