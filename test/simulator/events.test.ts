import {
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {expect, onTestFinished, test} from 'vitest';
import {arns, simulatedAws, twoRegions} from './simulated-aws.ts';

/** A client for two Regions, in one of which three rules start a pipeline. */
async function eventBridge(region = 'eu-west-1'): Promise<EventBridgeClient> {
  const rules: Readonly<Record<string, string[]>> = {nightly: ['weekdays', 'on-commit', 'on-call']};
  const pipelines = twoRegions.pipelines.map((pipeline) => ({
    ...pipeline,
    rules: rules[pipeline.name] ?? [],
  }));
  const {endpoint} = await simulatedAws({...twoRegions, pipelines});
  const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'};
  const client = new EventBridgeClient({endpoint, region, credentials, maxAttempts: 1});
  onTestFinished(() => client.destroy());
  return client;
}

test('the rules that start a pipeline come in pages', async () => {
  const client = await eventBridge();
  const first = await client.send(new ListRuleNamesByTargetCommand({TargetArn: arns.nightly, Limit: 2}));
  expect(first.RuleNames).toEqual(['on-call', 'on-commit']);
  const rest = {TargetArn: arns.nightly, Limit: 2, NextToken: first.NextToken};
  const last = await client.send(new ListRuleNamesByTargetCommand(rest));
  expect(last.RuleNames).toEqual(['weekdays']);
  expect(last.NextToken).toBeUndefined();
});

test('a pipeline that no rule starts has none, and neither has another Region', async () => {
  for (const region of ['us-east-1', 'eu-west-1']) {
    const client = await eventBridge(region);
    const TargetArn = region === 'us-east-1' ? arns.nightly : arns.byHand;
    expect((await client.send(new ListRuleNamesByTargetCommand({TargetArn}))).RuleNames).toEqual([]);
  }
});

test('the rules of a Region come in pages, each once, and by the start of their names', async () => {
  const client = await eventBridge();
  const first = await client.send(new ListRulesCommand({Limit: 2}));
  const last = await client.send(new ListRulesCommand({Limit: 2, NextToken: first.NextToken}));
  const names = [first, last].map(({Rules = []}) => Rules.map(({Name}) => Name));
  expect(names).toEqual([['on-call', 'on-commit'], ['weekdays']]);
  expect(last.NextToken).toBeUndefined();
  const some = await client.send(new ListRulesCommand({NamePrefix: 'on-', EventBusName: 'default'}));
  expect(some.Rules?.map(({Arn}) => Arn)).toEqual([
    'arn:aws:events:eu-west-1:123456789012:rule/on-call',
    'arn:aws:events:eu-west-1:123456789012:rule/on-commit',
  ]);
  expect((await (await eventBridge('us-east-1')).send(new ListRulesCommand({}))).Rules).toEqual([]);
});

test('a rule names the pipelines that it starts, in pages', async () => {
  const client = await eventBridge();
  const {Targets, NextToken} = await client.send(new ListTargetsByRuleCommand({Rule: 'on-call', Limit: 1}));
  expect({Targets, NextToken}).toMatchObject({
    Targets: [{Id: 'nightly', Arn: arns.nightly}],
    NextToken: undefined,
  });
  await expect(client.send(new ListTargetsByRuleCommand({Rule: 'none'}))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('a made-up token and an event bus that is not there are refused', async () => {
  const client = await eventBridge();
  const made = new ListRuleNamesByTargetCommand({TargetArn: arns.nightly, NextToken: 'made-up'});
  await expect(client.send(made)).rejects.toMatchObject({name: 'ValidationException'});
  await expect(client.send(new ListRulesCommand({NextToken: 'made-up'}))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  const elsewhere = new ListRuleNamesByTargetCommand({TargetArn: arns.nightly, EventBusName: 'other'});
  await expect(client.send(elsewhere)).rejects.toMatchObject({name: 'ResourceNotFoundException'});
});
