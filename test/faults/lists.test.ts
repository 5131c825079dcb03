import {createServer, request as send, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {execute} from '../../source/runs/start-run.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {simulatedAccount, yesToAll} from '../support/simulated-account.ts';

const odd = 'eu-west-1';

/** A page of pipelines, or a refusal; undefined leaves the answer to the simulator. */
type Page = {readonly nextToken: string} | {readonly refused: string} | undefined;
type Pages = (token: string | undefined, beginnings: number) => Page;

/** Stands before the simulator, and answers for it when one Region's pipelines are listed. */
async function inFrontOf(endpoint: string, pages: Pages) {
  const asked: (string | undefined)[] = [];
  const answer = (incoming: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const {url = '', method, headers} = incoming;
    const here = url === '/ListImagePipelines' && headers.authorization?.includes(`/${odd}/`) === true;
    const {nextToken: token} = here ? (JSON.parse(body.toString()) as {nextToken?: string}) : {};
    if (here) asked.push(token);
    const page = here ? pages(token, asked.filter((one) => one === undefined).length) : undefined;
    if (page === undefined) {
      const onward = send(new URL(url, endpoint), {method, headers}, (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(response);
      });
      onward.on('error', () => response.destroy());
      onward.end(body);
      return;
    }
    response.setHeader('content-type', 'application/json');
    if ('refused' in page) response.writeHead(400, {'x-amzn-errortype': page.refused});
    const shown =
      'refused' in page
        ? {message: 'The pagination token has expired'}
        : {requestId: 'r', imagePipelineList: [], ...page};
    response.end(JSON.stringify(shown));
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => answer(incoming, response, Buffer.concat(chunks)));
  });
  // As the simulator's: on a busy machine nothing is sent on a connection that is being closed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked};
}

/** The whole removal in an account without a use of the role, in which one Region's list goes wrong. */
async function removal(pages: Pages) {
  const account = await simulatedAccount('clean');
  onTestFinished(() => account.close());
  const {endpoint, asked} = await inFrontOf(account.simulator.endpoint, pages);
  const loaded = findRunbook('delete-service-linked-role');
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, []),
    mode: 'live' as const,
    simulation: true,
    regions: [],
    connection: {...account.connection, endpoint},
    answers: yesToAll,
  };
  const {exitCode, closing} = await account.command((surroundings) => execute(order, surroundings));
  const lane = closing.state.lanes.get(odd);
  return {
    exitCode,
    fault: lane?.fault,
    truth: lane && truthOf(closing.state, lane),
    said: summaryText(closing),
    asked,
    deleted: account.simulator.requests.some(({operation}) => operation === 'DeleteServiceLinkedRole'),
  };
}

test.each([
  ['the same token again', () => 'again'],
  ['a cycle of tokens', (token: string | undefined) => (token === 'a' ? 'b' : 'a')],
])('a list that gives %s leaves its Region unknown, and the operator reads why', async (_what, next) => {
  const {exitCode, fault, truth, said, deleted, asked} = await removal((token) => ({nextToken: next(token)}));
  expect(exitCode).toBe(4);
  expect(fault).toMatchObject({name: 'EndlessList'});
  expect(truth).toBe('unknown');
  expect(said.replaceAll(/\s+/g, ' ')).toContain('the list does not end: after');
  expect(deleted).toBe(false);
  expect(asked.length).toBeLessThan(10);
});

test('a token that ends in the middle of a list begins it again, and the Region is clear', async () => {
  const {exitCode, truth, asked} = await removal((token, beginnings) => {
    if (token !== undefined) return {refused: 'InvalidPaginationTokenException'};
    return beginnings === 1 ? {nextToken: 'short-lived'} : undefined;
  });
  // The second page was sent ahead, too: the run asks for it again itself, and then begins again.
  expect(asked.slice(0, 4)).toEqual([undefined, 'short-lived', 'short-lived', undefined]);
  expect(truth).toBe('clear');
  expect(exitCode).toBe(0);
});

test('a token that always ends leaves its Region unknown after two more beginnings', async () => {
  const {exitCode, fault, truth, deleted, asked} = await removal((token) =>
    token === undefined ? {nextToken: 'short-lived'} : {refused: 'InvalidPaginationTokenException'},
  );
  expect(exitCode).toBe(4);
  expect(fault).toMatchObject({name: 'InvalidPaginationTokenException'});
  expect(truth).toBe('unknown');
  expect(deleted).toBe(false);
  expect(asked.filter((token) => token === undefined)).toHaveLength(3);
});
