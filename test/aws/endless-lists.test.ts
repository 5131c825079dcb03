import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {listAll} from '../../source/aws/call/list-all.ts';
import {Connection} from '../../source/aws/connection/connection.ts';

type Page = {readonly tokenAfter?: string} | {readonly refused: string};

/** A list of pipelines in pages; `pageFor` says what is answered to each token (undefined for the first page). */
async function listed(pageFor: (token: string | undefined, asked: number) => Page) {
  let asked = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      asked += 1;
      const {nextToken} = JSON.parse(body || '{}') as {nextToken?: string};
      const page = pageFor(nextToken, asked);
      response.setHeader('content-type', 'application/json');
      if ('refused' in page) {
        response.writeHead(400, {'x-amzn-errortype': page.refused});
        response.end('{"message": "the token has ended"}');
        return;
      }
      const imagePipelineList = [{arn: `arn:${nextToken ?? 'first'}`}];
      response.end(JSON.stringify({requestId: 'r', imagePipelineList, nextToken: page.tokenAfter}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = new Connection({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
  });
  onTestFinished(() => {
    connection.close();
    server.closeAllConnections();
    server.close();
  });
  const request = {operation: 'imagebuilder:ListImagePipelines', region: 'us-east-1', input: {}};
  const answer = await listAll(awsPort(connection), request, new AbortController().signal);
  return {answer, asked: () => asked};
}

test.each([
  ['the same token again', () => 'a'],
  ['a cycle of tokens', (token: string | undefined) => (token === 'a' ? 'b' : 'a')],
])('a list that gives %s is stopped and said', async (_what, next) => {
  const {answer, asked} = await listed((token) => ({tokenAfter: next(token)}));
  expect(answer).toMatchObject({
    fault: {name: 'EndlessList', message: expect.stringContaining('does not end') as string},
  });
  expect(asked()).toBeLessThan(5);
});

test('a token that ends in the middle begins the list again: nothing is missing and nothing is there twice', async () => {
  let ended = false;
  const {answer} = await listed((token) => {
    if (token === 'b' && !ended) {
      ended = true;
      return {refused: 'InvalidPaginationTokenException'};
    }
    if (token === 'b') return {};
    return {tokenAfter: token === 'a' ? 'b' : 'a'};
  });
  expect(answer).toMatchObject({
    output: {imagePipelineList: [{arn: 'arn:first'}, {arn: 'arn:a'}, {arn: 'arn:b'}]},
  });
});

test('a token that always ends is said after two more beginnings', async () => {
  const {answer, asked} = await listed((token) =>
    token === undefined ? {tokenAfter: 'a'} : {refused: 'InvalidPaginationTokenException'},
  );
  expect(answer).toMatchObject({fault: {name: 'InvalidPaginationTokenException'}});
  expect(asked()).toBe(6);
});
