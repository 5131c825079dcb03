import type {IncomingMessage, ServerResponse} from 'node:http';

/** Answers a request to any service so that the caller is content. A role's keys are called `ASIA` and its name in capitals. */
export function answerOfAws(
  {url = '', headers}: IncomingMessage,
  body: string,
  response: ServerResponse,
): void {
  if (url.includes('/federation/credentials')) {
    const signedIn = headers['x-amz-sso_bearer_token'] === 'signed-in';
    json(response, {roleCredentials: ofPortal}, signedIn ? 200 : 401);
    return;
  }
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  if (action === null) {
    json(response, {
      imagePipelineList: [],
      Regions: [],
      Rules: [],
      Parameters: [],
      Organization: {Id: 'o-1'},
    });
    return;
  }
  const version = form.get('Version') ?? '';
  const service = action === 'ListAccountAliases' ? 'iam' : 'sts';
  const result = resultOf(action, form.get('RoleArn') ?? '');
  response.setHeader('content-type', 'text/xml');
  response.end(
    `<${action}Response xmlns="https://${service}.amazonaws.com/doc/${version}/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
  );
}

const ofPortal = {
  accessKeyId: 'ASIAPORTAL',
  secretAccessKey: 's',
  sessionToken: 'token-of-ASIAPORTAL',
  expiration: Date.parse('2099-01-01T00:00:00Z'),
};

function json(response: ServerResponse, content: object, status = 200): void {
  response.writeHead(status, {'content-type': 'application/json'});
  response.end(JSON.stringify(content));
}

function resultOf(action: string, role: string): string {
  if (action === 'ListAccountAliases') return '<AccountAliases/><IsTruncated>false</IsTruncated>';
  if (action === 'GetCallerIdentity') {
    return '<Arn>arn:aws:iam::123456789012:user/kim</Arn><UserId>A</UserId><Account>123456789012</Account>';
  }
  const name = role.split('/').at(-1) ?? '';
  const id = `ASIA${name.toUpperCase()}`;
  return `<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>token-of-${id}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/${name}/s</Arn><AssumedRoleId>R:s</AssumedRoleId></AssumedRoleUser>`;
}
