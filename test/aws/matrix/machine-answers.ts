import type {IncomingMessage, ServerResponse} from 'node:http';

/** The token that a container's credentials endpoint wants to see. */
export const containerToken = 'let-me-in';

/** Keys as the metadata service and a container's endpoint write them. */
function keysCalled(id: string): string {
  return JSON.stringify({
    Code: 'Success',
    Type: 'AWS-HMAC',
    LastUpdated: '2026-01-01T00:00:00Z',
    AccessKeyId: id,
    SecretAccessKey: 's',
    Token: `token-of-${id}`,
    Expiration: '2099-01-01T00:00:00Z',
    RoleArn: 'arn:aws:iam::123456789012:role/task',
  });
}

/** The metadata service of an instance in ap-southeast-7. `v1`: an old one, which grants no token. */
export function metadataAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  version: 'v1' | 'v2',
): void {
  const {url = '', method, headers} = request;
  if (method === 'PUT') {
    if (version === 'v1') response.writeHead(404).end();
    else response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '21600').end('granted');
    return;
  }
  const welcome = version === 'v1' || headers['x-aws-ec2-metadata-token'] === 'granted';
  const text = textAt(url);
  if (!welcome || text === undefined) response.writeHead(welcome ? 404 : 401).end();
  else response.end(text);
}

/** The CLI goes by the zone, and we by the Region. */
function textAt(url: string): string | undefined {
  if (url.endsWith('/placement/availability-zone/') || url.endsWith('/placement/availability-zone')) {
    return 'ap-southeast-7a';
  }
  if (url.endsWith('/placement/region')) return 'ap-southeast-7';
  if (url.endsWith('/iam/security-credentials/')) return 'node-role';
  return url.endsWith('/iam/security-credentials/node-role') ? keysCalled('ASIAMACHINE') : undefined;
}

/** Path of a task's keys, for which the agent of ECS wants no token. */
export const taskPath = '/v2/credentials/task';

export function containerAnswer({url, headers}: IncomingMessage, response: ServerResponse): void {
  if (url === taskPath) {
    response.setHeader('content-type', 'application/json').end(keysCalled('ASIATASK'));
    return;
  }
  const welcome = headers.authorization === containerToken;
  response.writeHead(welcome ? 200 : 401, {'content-type': 'application/json'});
  response.end(welcome ? keysCalled('ASIACONTAINER') : '{"code":"denied","message":"no token"}');
}
