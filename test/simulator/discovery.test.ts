import {ListRegionsCommand, paginateListRegions} from '@aws-sdk/client-account';
import {ListAccountAliasesCommand} from '@aws-sdk/client-iam';
import {ListImagePipelinesCommand} from '@aws-sdk/client-imagebuilder';
import {GetParametersByPathCommand, paginateGetParametersByPath} from '@aws-sdk/client-ssm';
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedAws, twoRegions} from './simulated-aws.ts';

test('the caller and the alias are those of the scenario', async () => {
  const aws = await simulatedAws(loadScenario('default'));
  const {Account, Arn} = await aws.sts.send(new GetCallerIdentityCommand({}));
  expect([Account, Arn]).toEqual(['123456789012', 'arn:aws:sts::123456789012:assumed-role/ops/kim']);
  const {AccountAliases} = await aws.iam.send(new ListAccountAliasesCommand({}));
  expect(AccountAliases).toEqual(['prod-images']);
});

test('the account lists 34 Regions, in pages, with their opt-in status', async () => {
  const aws = await simulatedAws(loadScenario('default'));
  const names: string[] = [];
  for await (const page of paginateListRegions({client: aws.accounts, pageSize: 20}, {})) {
    names.push(...(page.Regions ?? []).map((region) => region.RegionName ?? ''));
  }
  expect(new Set(names).size).toBe(34);
  const optedIn = await aws.accounts.send(new ListRegionsCommand({RegionOptStatusContains: ['ENABLED']}));
  expect(optedIn.Regions?.map((region) => region.RegionName)).toContain('af-south-1');
  expect(optedIn.Regions?.map((region) => region.RegionName)).not.toContain('us-east-1');
});

test("Image Builder's Regions come in pages of 10 and from every partition", async () => {
  const aws = await simulatedAws(loadScenario('default'));
  const sizes: number[] = [];
  const values: string[] = [];
  const Path = '/aws/service/global-infrastructure/services/imagebuilder/regions';
  for await (const page of paginateGetParametersByPath({client: aws.ssm}, {Path})) {
    sizes.push(page.Parameters?.length ?? 0);
    values.push(...(page.Parameters ?? []).map((parameter) => parameter.Value ?? ''));
  }
  expect(sizes).toEqual([10, 10, 10, 9]);
  expect(values).toContain('us-gov-west-1');
  await expect(aws.ssm.send(new GetParametersByPathCommand({Path, MaxResults: 11}))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await expect(
    aws.ssm.send(new GetParametersByPathCommand({Path, NextToken: 'made-up'})),
  ).rejects.toMatchObject({
    name: 'InvalidNextToken',
  });
});

test('a disabled Region and one that is not there do not know the credentials', async () => {
  const aws = await simulatedAws({...twoRegions, regions: {'us-east-1': {status: 'DISABLED'}}});
  for (const region of ['us-east-1', 'eu-south-2']) {
    await expect(aws.imagebuilder(region).send(new ListImagePipelinesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      $metadata: {httpStatusCode: 403},
    });
  }
});
