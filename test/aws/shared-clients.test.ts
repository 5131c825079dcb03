import {setImmediate as turn} from 'node:timers/promises';
import {expect, onTestFinished, test} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {Connection} from '../../source/aws/connection/connection.ts';
import {sharedWay} from '../../source/aws/connection/shared-way.ts';
import type {Keys} from '../../source/aws/credentials/keys.ts';
import type {AwsPort, CallRequest} from '../../source/engine/model/ports.ts';
import {accountRecorder, secretOf} from './account-recorder.ts';

const {signal} = new AbortController();
const accounts = Array.from({length: 50}, (_, index) => String(index + 1).padStart(12, '0'));
const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];

let bell: Promise<void> | undefined;

/** Wakes all who wait at the same moment, so that their requests are signed in steps between each other's. */
function together(): Promise<void> {
  bell ??= rung();
  return bell;
}

async function rung(): Promise<void> {
  await turn();
  bell = undefined;
}

/** `npm run test:clients` makes 10,000 calls; these are 2,000. */
const rounds = process.env['HANDRAIL_MATRIX'] === 'all' ? 14 : 3;

/** Keys that are others for every few requests, and take a while to be found. */
function restlessKeys(account: string): () => Promise<Keys> {
  let asked = 0;
  return async () => {
    asked += 1;
    const accessKeyId = `AKIA${account}N${Math.floor(asked / 5)}`;
    for (let wait = asked % 4; wait > 0; wait -= 1) await together();
    return {accessKeyId, secretAccessKey: secretOf(accessKeyId)};
  };
}

/** Asks until there is an answer, as the engine does, with new keys once AWS says that the old ones have ended. */
async function answerTo(
  port: Pick<AwsPort, 'call'>,
  connection: Connection,
  request: CallRequest,
): Promise<string | undefined> {
  for (;;) {
    const outcome = await port.call(request, signal);
    if (outcome.ok) return outcome.nextToken;
    if (outcome.fault.kind === 'credentials') connection.renew();
    // Anything else than the recorder's rudeness would go on for ever.
    expect(['throttled', 'transient', 'credentials']).toContain(outcome.fault.kind);
  }
}

/** Everything that one account asks, over and over: a page after the other in each Region, and IAM. */
async function asking(account: string, connection: Connection): Promise<void> {
  const port = awsPort(connection);
  const filters = [{name: 'name', values: [account]}];
  const pages = async (region: string): Promise<void> => {
    let nextToken: string | undefined;
    do {
      const input = {filters, ...(nextToken === undefined ? {} : {nextToken})};
      const request = {operation: 'imagebuilder:ListImagePipelines', region, input};
      nextToken = await answerTo(port, connection, request);
    } while (nextToken !== undefined);
  };
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all([
      ...regions.map(pages),
      answerTo(port, connection, {operation: 'iam:GetRole', input: {RoleName: account}}),
    ]);
  }
}

test('thousands of interleaved calls of 50 accounts over the same clients are each signed with the keys of their account', async () => {
  const recorder = await accountRecorder();
  const way = sharedWay({
    endpoint: recorder.endpoint,
    credentials: {accessKeyId: 'AKIABASE', secretAccessKey: 'b'},
  });
  onTestFinished(async () => {
    way.close();
    await recorder.close();
  });
  const connections = accounts.map((account) => ({
    account,
    connection: new Connection({...way.options, credentials: restlessKeys(account)}),
  }));
  await Promise.all(connections.map(({account, connection}) => asking(account, connection)));

  const {requests} = recorder;
  expect(requests.length).toBeGreaterThan(rounds * 720);
  const astray = requests.filter(({about, keyId, wrong}) => {
    return wrong !== undefined || about === '' || !keyId.startsWith(`AKIA${about}N`);
  });
  expect(astray).toEqual([]);
  // The calls did get in each other's way: accounts followed each other, and met every kind of refusal.
  const changes = requests.filter(({about}, index) => about !== requests[index - 1]?.about);
  expect(changes.length).toBeGreaterThan(rounds * 360);
  expect(new Set(requests.map(({status}) => status))).toEqual(new Set([200, 429, 500, 0, 403]));
  const configs = await Promise.all(
    connections.map(async ({connection}) => (await connection.client('imagebuilder', 'eu-west-1')).config),
  );
  expect(new Set(configs).size).toBe(1);
});

test('a request that no keys were laid down for is not sent', async () => {
  const recorder = await accountRecorder();
  onTestFinished(() => recorder.close());
  const connection = new Connection({
    endpoint: recorder.endpoint,
    credentials: {accessKeyId: 'AKIABASE', secretAccessKey: 'b'},
  });
  const client = await connection.sharedClient('iam', 'us-east-1');
  const {GetRoleCommand} = await import('@aws-sdk/client-iam');
  const command = new GetRoleCommand({RoleName: accounts[0]!});
  await expect(client.send(command, {abortSignal: signal})).rejects.toThrow('nobody gave keys');
  expect(recorder.requests).toEqual([]);
});
