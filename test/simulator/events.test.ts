import {EventBridgeClient, ListRuleNamesByTargetCommand} from '@aws-sdk/client-eventbridge';
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

test('a made-up token and an event bus that is not there are refused', async () => {
  const client = await eventBridge();
  const made = new ListRuleNamesByTargetCommand({TargetArn: arns.nightly, NextToken: 'made-up'});
  await expect(client.send(made)).rejects.toMatchObject({name: 'ValidationException'});
  const elsewhere = new ListRuleNamesByTargetCommand({TargetArn: arns.nightly, EventBusName: 'other'});
  await expect(client.send(elsewhere)).rejects.toMatchObject({name: 'ResourceNotFoundException'});
});
