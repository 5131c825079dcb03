import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {credentialScope} from '../../source/simulator/credential-scope.ts';
import {signatureProblem} from '../../source/simulator/signature.ts';

/** A request as it came in: whom it was about, and whose keys signed it. */
export interface Recorded {
  /** The account in the request itself. */
  readonly about: string;
  readonly keyId: string;
  /** What is wrong with its signature, checked with the secret of just this key. */
  readonly wrong: string | undefined;
  readonly status: number;
}

/** The secret of a key, which only the key's own id leads to. */
export function secretOf(keyId: string): string {
  return `secret-of-${keyId}`;
}

/** Records who signed what on the loopback, and is as rude about it as AWS can be. */
export async function accountRecorder(): Promise<{
  readonly endpoint: string;
  readonly requests: readonly Recorded[];
  close(): Promise<void>;
}> {
  const requests: Recorded[] = [];
  const server = createServer((incoming, response) => {
    void answered(incoming, response, requests).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
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

async function answered(
  incoming: IncomingMessage,
  response: ServerResponse,
  requests: Recorded[],
): Promise<void> {
  const body = await text(incoming);
  const {headers, method = '', url = '/'} = incoming;
  const keyId = credentialScope(headers.authorization)?.accessKeyId ?? '';
  const request = {method, url: new URL(url, `http://${headers.host}`), headers, body};
  const about = /(?:RoleName=|"values":\[")(\d{12})/.exec(body)?.[1] ?? '';
  const wrong = signatureProblem(request, {secretAccessKey: secretOf(keyId)}, Date.now());
  const status = statusOf(requests.length + 1);
  requests.push({about, keyId, wrong, status});
  if (status === 0) return void incoming.socket.destroy();
  const isIam = body.startsWith('Action=');
  response.writeHead(status, {
    'content-type': isIam ? 'text/xml' : 'application/json',
    ...(status === 200 || isIam ? {} : {'x-amzn-errortype': errors[status] ?? ''}),
  });
  if (status === 200) response.end(isIam ? role(about) : pipelines(body));
  else response.end(isIam ? refusal(errors[status] ?? '') : '{"message":"no"}');
}

const errors: Readonly<Record<number, string>> = {
  429: 'ThrottlingException',
  500: 'InternalFailure',
  403: 'ExpiredTokenException',
};

/** 0 is a connection that breaks off. */
function statusOf(nth: number): number {
  const rude: readonly (readonly [number, number])[] = [
    [7, 429],
    [11, 500],
    [13, 0],
    [17, 403],
  ];
  return rude.find(([every]) => nth % every === 0)?.[1] ?? 200;
}

/** Three pages, and each knows the account that it was begun for. */
function pipelines(body: string): string {
  const {nextToken = '0'} = JSON.parse(body) as {nextToken?: string};
  const page = Number(nextToken) + 1;
  return JSON.stringify({imagePipelineList: [], ...(page < 3 ? {nextToken: String(page)} : {})});
}

function role(name: string): string {
  const about = `<Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::${name}:role/${name}</Arn>`;
  return `<GetRoleResponse><GetRoleResult><Role>${about}<CreateDate>2030-01-01T00:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>`;
}

function refusal(code: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
}
