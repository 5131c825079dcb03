import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {credentialScope} from '../../source/simulator/credential-scope.ts';
import type {Protocol} from '../../source/simulator/protocols/protocol.ts';
import {queryXml} from '../../source/simulator/protocols/query-xml.ts';
import {targetJson} from '../../source/simulator/protocols/target-json.ts';
import {ServiceError} from '../../source/simulator/service-error.ts';

type Input = Readonly<Record<string, unknown>>;

/** Answers an operation; throws ServiceError to refuse it. */
export type Answer = (input: Input, region: string) => object;

export interface OtherAws {
  readonly endpoint: string;
  /** `service:Operation` and input of every request, in order. */
  readonly requests: readonly {readonly operation: string; readonly region: string; readonly input: Input}[];
  close(): Promise<void>;
}

const protocols: Readonly<Record<string, Protocol>> = {
  iam: queryXml('https://iam.amazonaws.com', '2010-05-08'),
  sts: queryXml('https://sts.amazonaws.com', '2011-06-15'),
  ssm: targetJson,
};

/** An AWS of a test's own making: operations of IAM, STS and SSM by `service:Operation`. */
export async function otherAws(answers: Readonly<Record<string, Answer>>): Promise<OtherAws> {
  const requests: {operation: string; region: string; input: Input}[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const {service = '', region = ''} = credentialScope(incoming.headers.authorization) ?? {};
      const protocol = protocols[service];
      if (protocol === undefined) return response.writeHead(501).end();
      const request = {
        method: incoming.method ?? '',
        url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
        headers: incoming.headers,
        body: await bodyOf(incoming),
      };
      const name = protocol.operationOf(request);
      const input = protocol.inputOf(request);
      requests.push({operation: `${service}:${name}`, region, input});
      const wire = (() => {
        try {
          const answer = answers[`${service}:${name}`];
          if (answer === undefined) throw new ServiceError('AccessDenied', 403, `not allowed: ${name}`);
          return protocol.answer(name, answer(input, region), 'request');
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          return protocol.refuse(error, 'request');
        }
      })();
      return response.writeHead(wire.status, wire.headers).end(wire.body);
    })();
  });
  // As the simulator's: on a busy machine nothing is sent on a connection that is being closed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
