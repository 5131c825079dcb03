import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DeleteServiceLinkedRoleCommand, GetRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {ImagebuilderClient, ListImagePipelinesCommand} from '@aws-sdk/client-imagebuilder';
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import {AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type Credentials} from '@aws-sdk/client-sts';
import {describe, expect, onTestFinished, test} from 'vitest';
import {loadScenario, ScenarioError} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {simulatedAws, type SimulatedAws} from './simulated-aws.ts';

const many = loadScenario(new URL('organization.yaml', import.meta.url).pathname);
const roleName = {RoleName: 'AWSServiceRoleForImageBuilder'};

function clientOf<Client extends {destroy(): void}>(
  Client: new (settings: object) => Client,
  aws: SimulatedAws,
  {AccessKeyId, SecretAccessKey, SessionToken}: Partial<Credentials> = {},
): Client {
  const client = new Client({
    endpoint: aws.endpoint,
    region: Client.name === 'ImagebuilderClient' ? 'eu-west-1' : 'us-east-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: AccessKeyId ?? 'AKIAEXAMPLE',
      secretAccessKey: SecretAccessKey ?? 'a-secret',
      ...(SessionToken === undefined ? {} : {sessionToken: SessionToken}),
    },
  });
  onTestFinished(() => client.destroy());
  return client;
}

async function entered(aws: SimulatedAws, id: string, more: object = {}): Promise<Partial<Credentials>> {
  const RoleArn = `arn:aws:iam::${id}:role/Operator`;
  const answer = await aws.sts.send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'kim', ...more}));
  return answer.Credentials ?? {};
}

const denied = {name: 'AccessDenied', $metadata: {httpStatusCode: 403}};

describe('the organization of a scenario', () => {
  test('lists every account in pages of 20, the management account and those that are closed among them', async () => {
    const aws = await simulatedAws(many);
    const client = clientOf(OrganizationsClient, aws);
    const accounts = [];
    for await (const page of paginateListAccounts({client}, {})) accounts.push(...(page.Accounts ?? []));
    expect(accounts).toHaveLength(508);
    expect(aws.requests).toHaveLength(26);
    const byName = new Map(accounts.map((account) => [account.Name, account]));
    expect(byName.get('leading-zero')?.Id).toBe('012345678901');
    expect(byName.get('team-500')?.Id).toBe('200000000500');
    expect(byName.get('closed')).toMatchObject({State: 'CLOSED', Status: 'SUSPENDED'});
    expect(byName.get('suspended')).toMatchObject({State: 'SUSPENDED', Status: 'SUSPENDED'});
    expect(accounts.some(({Id}) => Id === many.account.id)).toBe(true);
  });

  test('has a root, units in units, and the tags of an account', async () => {
    const client = clientOf(OrganizationsClient, await simulatedAws(many));
    const {Roots: [root] = []} = await client.send(new ListRootsCommand({}));
    const unitsOf = (ParentId: string | undefined) =>
      client.send(new ListOrganizationalUnitsForParentCommand({ParentId}));
    const {OrganizationalUnits: [workloads] = []} = await unitsOf(root?.Id);
    const {OrganizationalUnits: inner = []} = await unitsOf(workloads?.Id);
    expect(inner.map(({Name}) => Name).toSorted()).toEqual(['Dev', 'Prod']);
    const production = inner.find(({Name}) => Name === 'Prod')?.Id;
    const inProduction = await client.send(new ListAccountsForParentCommand({ParentId: production}));
    expect(inProduction.Accounts?.map(({Id}) => Id)).toEqual(['012345678901']);
    const {Parents} = await client.send(new ListParentsCommand({ChildId: '012345678901'}));
    expect(Parents).toEqual([{Id: production, Type: 'ORGANIZATIONAL_UNIT'}]);
    const {Tags} = await client.send(new ListTagsForResourceCommand({ResourceId: '012345678901'}));
    expect(Tags).toEqual([
      {Key: 'stage', Value: 'prod'},
      {Key: 'tier', Value: 'gold'},
    ]);
  });

  test('is closed to its other accounts, and is none where the scenario has none', async () => {
    const aws = await simulatedAws(many);
    const member = clientOf(OrganizationsClient, aws, await entered(aws, '012345678901'));
    await expect(member.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const alone = clientOf(OrganizationsClient, await simulatedAws());
    await expect(alone.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });

  test('each account is a world of its own, by the key that signs', async () => {
    const aws = await simulatedAws(many);
    const [one, other] = [await entered(aws, '200000000001'), await entered(aws, '200000000002')];
    const identity = await clientOf(STSClient, aws, one).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: '200000000001',
      Arn: 'arn:aws:sts::200000000001:assumed-role/Operator/kim',
    });
    await clientOf(ImagebuilderClient, aws, one).send(new ListImagePipelinesCommand({}));
    await clientOf(IAMClient, aws, one).send(new DeleteServiceLinkedRoleCommand(roleName));
    expect(aws.account('200000000001').deletionTasks).toHaveLength(1);
    expect(aws.account('200000000002').deletionTasks).toEqual([]);
    expect(aws.account().deletionTasks).toEqual([]);
    const {Role} = await clientOf(IAMClient, aws, other).send(new GetRoleCommand(roleName));
    expect(Role?.Arn).toContain(':200000000002:');
    expect(aws.requests.map(({account}) => account).slice(-2)).toEqual(['200000000001', '200000000002']);
  });

  test('an account can differ: no role of the service, and a policy that denies a Region', async () => {
    const aws = await simulatedAws(many);
    const keys = await entered(aws, '300000000006');
    await expect(clientOf(IAMClient, aws, keys).send(new GetRoleCommand(roleName))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(
      clientOf(ImagebuilderClient, aws, keys).send(new ListImagePipelinesCommand({})),
    ).rejects.toMatchObject({message: expect.stringContaining('service control policy') as string});
  });

  test.each([
    ['a suspended account', '300000000001', {}],
    ['a closed account', '300000000002', {}],
    ['an account without the role', '300000000003', {}],
    ['an account whose role wants an external id', '300000000004', {}],
    ['another external id', '300000000004', {ExternalId: 'wrong'}],
    ['an account of nobody', '999999999999', {}],
  ])('refuses to enter %s, and does not say why', async (_what, id, more) => {
    await expect(entered(await simulatedAws(many), id, more)).rejects.toMatchObject(denied);
  });

  test('an external id opens its door', async () => {
    const aws = await simulatedAws(many);
    expect((await entered(aws, '300000000004', {ExternalId: 'secret-word'})).AccessKeyId).toBeDefined();
  });

  test('a session can end before its keys say so', async () => {
    const aws = await simulatedAws(many);
    const keys = await entered(aws, '300000000005');
    expect((keys.Expiration?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_000_000);
    const iam = clientOf(IAMClient, aws, keys);
    await iam.send(new GetRoleCommand(roleName));
    aws.pass(60);
    await expect(iam.send(new GetRoleCommand(roleName))).rejects.toMatchObject({name: 'ExpiredToken'});
  });

  test('STS throttles AssumeRole by its bucket, and no other request', async () => {
    const organization = {...many.organization!, assumeRole: {perSecond: 1, burst: 2}};
    const aws = await simulatedAws({...many, organization});
    await entered(aws, '200000000001');
    await entered(aws, '200000000002');
    await expect(entered(aws, '200000000003')).rejects.toMatchObject({name: 'Throttling'});
    await aws.sts.send(new GetCallerIdentityCommand({}));
    aws.pass(1);
    await entered(aws, '200000000003');
  });

  test('an account can be suspended in the middle of it all', async () => {
    const suspended = {upon: 'sts:AssumeRole', nth: 2, suspendAccount: '200000000001'};
    const aws = await simulatedAws({...many, surprises: [suspended]});
    const keys = await entered(aws, '200000000001');
    await entered(aws, '200000000002');
    await expect(clientOf(STSClient, aws, keys).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject(
      {name: 'InvalidClientTokenId'},
    );
    await expect(entered(aws, '200000000001')).rejects.toMatchObject(denied);
  });
});

test.each<[string, Partial<NonNullable<Scenario['organization']>['accounts'][number]>, string]>([
  [
    'an id twice',
    {id: '200000000500'},
    'organization.accounts[1].id: another account has the id 200000000500',
  ],
  [
    'a world with a mistake',
    {world: {builds: {lastSeconds: -1}}},
    'organization.accounts[1].world.builds.lastSeconds',
  ],
  [
    'a Region that is not there',
    {world: {regions: {'eu-east-9': {}}}},
    'eu-east-9 is not one of regionNames',
  ],
])('an organization with %s is refused, and where it is said', (_what, wrong, message) => {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'wrong.yaml');
  const base = new URL('organization.yaml', import.meta.url).pathname;
  const accounts = [
    {id: '200000000001', count: 500, name: 'team-{n}'},
    {id: '900000000001', name: 'other', ...wrong},
  ];
  writeFileSync(file, JSON.stringify({extends: base, organization: {accounts}}));
  expect(() => loadScenario(file)).toThrow(ScenarioError);
  expect(() => loadScenario(file)).toThrow(message);
});
