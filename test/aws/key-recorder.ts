import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';

/**
 * An STS that takes every key, and says which key signed for what; also the metadata service of an EC2 instance, and
 * the portal of IAM Identity Center for who is signed in.
 */
export interface KeyRecorder {
  readonly endpoint: string;
  /** `AKIAEXAMPLE GetCallerIdentity`, the oldest first. */
  readonly signed: string[];
  /** The Regions that these were signed for. */
  readonly regions: string[];
}

/** Keys that the recorder gives for a role: `ASIA` and the role's name in capitals. */
export async function startKeyRecorder(): Promise<KeyRecorder> {
  const signed: string[] = [];
  const regions: string[] = [];
  const server = createServer((request, response) => {
    const {url = '', headers} = request;
    if (url.startsWith('/latest/')) {
      const welcome = request.method === 'PUT' || headers['x-aws-ec2-metadata-token'] === 'granted';
      response.writeHead(welcome ? 200 : 401).end(metadata(url));
      return;
    }
    if (url.startsWith('/federation/credentials?') && headers['x-amz-sso_bearer_token'] === 'signed-in') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({roleCredentials: ofPortal}));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const [, key = 'nobody', region = ''] =
        /Credential=([^/]+)\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
      const form = new URLSearchParams(body);
      const action = form.get('Action') ?? '';
      signed.push(`${key} ${action}`);
      regions.push(region);
      response.setHeader('content-type', 'text/xml');
      response.end(answerTo(action, form.get('RoleArn') ?? ''));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, signed, regions};
}

const ofPortal = {
  accessKeyId: 'ASIAPORTAL',
  secretAccessKey: 's',
  sessionToken: 't',
  expiration: Date.parse('2099-01-01T00:00:00Z'),
};

/** What the metadata service of an instance in ap-southeast-7 says. The CLI goes by the zone, and we by the Region. */
function metadata(path: string): string {
  if (path === '/latest/api/token') return 'granted';
  return path.includes('availability-zone') ? 'ap-southeast-7a' : 'ap-southeast-7';
}

function answerTo(action: string, role: string): string {
  const id = '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>';
  const name = role.split('/').at(-1) ?? '';
  const arn = `arn:aws:sts::123456789012:assumed-role/${name}/s`;
  const result =
    action === 'GetCallerIdentity'
      ? '<Arn>arn:aws:iam::123456789012:user/kim</Arn><UserId>A</UserId><Account>123456789012</Account>'
      : `<Credentials><AccessKeyId>ASIA${name.toUpperCase()}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>R:s</AssumedRoleId></AssumedRoleUser>`;
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result>${id}</${action}Response>`;
}
