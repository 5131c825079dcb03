import {describe, expect, it} from 'vitest';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as imageBuilder from '@aws-sdk/client-imagebuilder';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import {formatted} from '../../source/authoring/format/format.ts';
import {skeleton} from '../../source/authoring/skeleton/skeleton.ts';
import {lookUp, modelNamed} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';

async function made(...names: readonly string[]): Promise<string> {
  return skeleton(await Promise.all(names.map((name) => modelNamed(name))));
}

/** What a check says of it, problems and warnings alike. */
async function said(text: string): Promise<readonly string[]> {
  const {problems, warnings} = await checkRunbook(parseRunbook('made.yaml', text), lookUp);
  return [...problems, ...warnings].map(({message, line}) => `${line}: ${message}`);
}

const clients = {eventbridge: eventBridge, iam, imagebuilder: imageBuilder, ssm, sts};

describe('a runbook made of operations', () => {
  it('changes each item of a list that has what the change needs, after it asked', async () => {
    const text = await made('iam:ListRoles', 'iam:UpdateRole');
    const {runbook} = parseRunbook('made.yaml', text);
    expect(runbook.name).toBe('update-role');
    expect(runbook.steps.map(({id}) => id)).toEqual(['roles', 'approve', 'updateRole']);
    expect(text).toContain('forEach: ${{ steps.roles.output }}');
    expect(text).toContain('RoleName: ${{ item.RoleName }}');
    expect(await said(text)).toEqual([]);
  });

  it('knows the arn of a pipeline for the pipelineArn of a request, and visits the Regions of the service', async () => {
    const text = await made('imagebuilder:ListImagePipelines', 'imagebuilder:DeleteImagePipeline');
    const {runbook} = parseRunbook('made.yaml', text);
    expect(text).toContain('imagePipelineArn: ${{ item.arn }}');
    expect(runbook).toMatchObject({regionsOf: 'imagebuilder', inputs: {}});
    expect(runbook.steps.map(({scope}) => scope)).toEqual(['region', 'account', 'region']);
    expect(await said(text)).toEqual([]);
  });

  it('asks for what no list before it has', async () => {
    const {runbook} = parseRunbook('made.yaml', await made('iam:GetRole', 'iam:DeleteRole'));
    expect(Object.keys(runbook.inputs)).toEqual(['roleName']);
  });

  // Every one of them with HANDRAIL_MATRIX=all.
  const everyNth = process.env['HANDRAIL_MATRIX'] === 'all' ? 1 : 4;
  it.each(Object.entries(clients))(
    'passes a check for operations of %s, in the form of fmt',
    async (service, client) => {
      const operations = Object.keys(client)
        .flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? [])
        .filter((_, index) => index % everyNth === 0);
      const wrong: string[] = [];
      for (const operation of operations) {
        const text = await made(`${service}:${operation}`);
        // A look at one service and the deletion of any service's role is worth its warning.
        const found = (await said(text)).filter((one) => !one.includes("any service's role"));
        wrong.push(...found.map((one) => `${operation} ${one}`));
        if (formatted('made.yaml', text) !== text) wrong.push(`${operation} is not in the form`);
      }
      expect(operations.length * everyNth).toBeGreaterThan(5);
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
