import {AccountClient} from '@aws-sdk/client-account';
import {IAMClient} from '@aws-sdk/client-iam';
import {ImagebuilderClient} from '@aws-sdk/client-imagebuilder';
import {SSMClient} from '@aws-sdk/client-ssm';
import {STSClient} from '@aws-sdk/client-sts';
import {onTestFinished} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {startSimulator, type Simulator, type SimulatorOptions} from '../../source/simulator/server.ts';

export const twoRegions = loadScenario(new URL('two-regions.yaml', import.meta.url).pathname);

export const arns = {
  nightly: 'arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/nightly',
  byHand: 'arn:aws:imagebuilder:us-east-1:123456789012:image-pipeline/by-hand',
  nightlyBuild: 'arn:aws:imagebuilder:eu-west-1:123456789012:image/nightly/1.0.0/1',
};

export interface SimulatedAws extends Simulator {
  /** Moves the simulated time on. */
  pass(seconds: number): void;
  imagebuilder(region?: string): ImagebuilderClient;
  iam: IAMClient;
  sts: STSClient;
  accounts: AccountClient;
  ssm: SSMClient;
}

/** A simulator with a clock that only the test moves, and the SDK's clients for it: one attempt each. */
export async function simulatedAws(
  scenario: Scenario = twoRegions,
  options: SimulatorOptions = {},
): Promise<SimulatedAws> {
  let now = Date.UTC(2030, 0, 1);
  const simulator = await startSimulator(scenario, {now: () => now, ...options});
  const closers: (() => void)[] = [];
  const made = <Client extends {destroy(): void}>(client: Client): Client => {
    closers.push(() => client.destroy());
    return client;
  };
  const settings = (region: string) => ({
    endpoint: simulator.endpoint,
    region,
    maxAttempts: 1,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
  });
  onTestFinished(async () => {
    for (const close of closers) close();
    await simulator.close();
  });
  return {
    ...simulator,
    pass: (seconds) => {
      now += seconds * 1000;
    },
    imagebuilder: (region = 'eu-west-1') => made(new ImagebuilderClient(settings(region))),
    iam: made(new IAMClient(settings('us-east-1'))),
    sts: made(new STSClient(settings('us-east-1'))),
    accounts: made(new AccountClient(settings('us-east-1'))),
    ssm: made(new SSMClient(settings('us-east-1'))),
  };
}
