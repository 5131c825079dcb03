import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {listScenarios, loadScenario, ScenarioError} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';

function scenarioFile(text: string, name = 'mine.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('every shipped scenario can be loaded and started', async () => {
  expect(listScenarios()).toEqual(['calm', 'clean', 'default', 'denied-region', 'fleet', 'no-role']);
  for (const name of listScenarios()) {
    const simulator = await startSimulator(loadScenario(name));
    // The fleet's accounts have few Regions: there are 60 of them.
    expect(Object.keys(simulator.account().regions)).toHaveLength(name === 'fleet' ? 5 : 34);
    await simulator.close();
  }
});

const endStatuses = ['AVAILABLE', 'CANCELLED', 'DELETED', 'DEPRECATED', 'DISABLED', 'FAILED'];

test('the default account has 6 running builds in 4 Regions, 12 schedules, every final status and long lists', async () => {
  const simulator = await startSimulator(loadScenario('default'));
  onTestFinished(() => simulator.close());
  const regions = Object.entries(simulator.account().regions);
  const builds = regions.flatMap(([region, {builds}]) =>
    Object.values(builds).map((build) => ({region, ...build})),
  );
  const running = builds.filter((build) => !endStatuses.includes(build.status));
  expect(running).toHaveLength(6);
  expect(new Set(running.map((build) => build.region)).size).toBe(4);
  expect(running.filter((build) => build.sourcePipelineArn === undefined)).toHaveLength(2);
  expect([...new Set(builds.map((build) => build.status))]).toEqual(expect.arrayContaining(endStatuses));
  const pipelines = regions.flatMap(([, region]) => Object.values(region.pipelines));
  expect(pipelines.filter(({members}) => members.schedule !== undefined)).toHaveLength(12);
  expect(regions.filter(([, region]) => Object.keys(region.pipelines).length > 25).length).toBeGreaterThan(1);
});

test('the clean account has nothing that uses the role, and no-role has no role either', async () => {
  const clean = await startSimulator(loadScenario('clean'));
  const noRole = await startSimulator(loadScenario('no-role'));
  onTestFinished(async () => {
    await clean.close();
    await noRole.close();
  });
  for (const {builds, pipelines} of Object.values(clean.account().regions)) {
    expect(Object.values(builds).filter((build) => !endStatuses.includes(build.status))).toEqual([]);
    expect(Object.values(pipelines).filter(({members}) => members.schedule !== undefined)).toEqual([]);
  }
  expect(clean.account().role).not.toBeNull();
  expect(noRole.account().role).toBeNull();
});

test('a scenario of your own extends a shipped one or a file beside it', () => {
  const base = scenarioFile('extends: calm\nregions: {us-east-1: {manual: 1}}\n');
  writeFileSync(join(base, '../next.yaml'), 'extends: ./mine.yaml\ntitle: Mine\nrole: {lastUsed: null}\n');
  const scenario = loadScenario(join(base, '../next.yaml'));
  expect(scenario.title).toBe('Mine');
  expect(scenario.regions['us-east-1']).toEqual({manual: 1, finished: 61});
  expect(scenario.role).not.toHaveProperty('lastUsed');
  expect(scenario.role.description).not.toBe('');
});

const bad: [string, string, string][] = [
  [
    'the same pipeline twice',
    'extends: default\npipelines: [{region: us-east-1, name: a, like: [ami]}, {region: us-east-1, name: a, like: [ami]}]',
    'pipelines[1].name: the same pipeline as pipelines[0]',
  ],
  ['a value of the wrong kind', 'extends: default\nbuilds: {cancelSeconds: soon}', 'builds.cancelSeconds: '],
  ['an unknown member', 'extends: default\ndeletion: {purge: true}', 'deletion: '],
  ['an account id without quotation marks', 'extends: default\naccount: {id: 123456789012}', 'account.id: '],
  ['a missing part', 'title: Nothing else', 'account: '],
  [
    'a Region that the account lacks',
    'extends: default\nrunning: [{region: eu-west-9, name: a, startedMinutesAgo: 1}]',
    'running[0].region: eu-west-9',
  ],
  [
    'an unknown template',
    'extends: default\npipelines: [{region: us-east-1, name: a, like: [b]}]',
    'pipelines[0].like: there is no template b',
  ],
  [
    'members that the API would refuse',
    'extends: default\npipelines: [{region: us-east-1, name: a, like: [ami], with: {description: ""}}]',
    'pipelines[0]: pipeline a in us-east-1 could not be written through the API: description',
  ],
  [
    'two times in a fault rule',
    'extends: default\nfaults: [{first: 1, every: 2, fault: reset}]',
    'faults[0]: exactly one of',
  ],
  ['an unknown fault', 'extends: default\nfaults: [{always: true, fault: fire}]', 'faults[0].fault: '],
  [
    'a surprise without an effect',
    'extends: default\nsurprises: [{upon: "iam:GetRole"}]',
    'surprises[0]: exactly one of',
  ],
  ['broken YAML', 'title: [', 'line 1'],
  ['a list', '- 1', 'must be a map'],
  ['itself as its base', 'extends: ./mine.yaml', 'in a circle'],
];

test.each(bad)('a scenario with %s is refused with the file and the path', (_what, text, message) => {
  const file = scenarioFile(text);
  const load = () => loadScenario(file);
  expect(load).toThrow(ScenarioError);
  expect(load).toThrow(`${file}: `);
  expect(load).toThrow(message);
});

test('an unknown scenario is refused with the names that there are', () => {
  expect(() => loadScenario('defualt')).toThrow('defualt: no such scenario; there are calm, clean, default');
  expect(() => loadScenario('./nowhere.yaml')).toThrow('no such file');
});
