import {createServer, type Http2ServerRequest, type Http2ServerResponse} from 'node:http2';
import * as restate from '@restatedev/restate-sdk';
import {endpoint} from '../../../source/host/restate/serve.ts';
import {hostWorker} from '../../../source/runs/host/host-worker.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {clockFrom, workerClock} from './fast-time.ts';
import {troubled} from './troubled-sdk.ts';
import type {WorkerOrder} from './worker-order.ts';

/** The worker that the tests kill: the product's own, on a fast clock, with trouble between it and its engine. */
const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const {engine, port, clock, trouble} = order;
Date.now = clockFrom(clock);

const sdk = troubled(restate, {factor: clock.factor, ...(trouble === undefined ? {} : {trouble})});
const connection = {endpoint: order.endpoint, credentials: simulatedCredentials, region: 'us-east-1'};
const handlerOf = (): ReturnType<typeof endpoint> =>
  endpoint(
    sdk,
    {...hostWorker(connection), clock: workerClock(clock)},
    {
      engine,
      trouble: (line) => void process.stderr.write(`${line}\n`),
    },
  );
const handlers = Array.from({length: trouble?.kind === 'twins' ? 2 : 1}, handlerOf);
let requests = 0;
const server = createServer((request: Http2ServerRequest, response: Http2ServerResponse) => {
  requests += 1;
  handlers[requests % handlers.length]?.(request, response);
});
server.listen(port, '127.0.0.1', () => process.stdout.write('A worker listens.\n'));
// It goes with the test that started it, however that ended.
process.stdin.resume().once('end', () => process.exit(1));
