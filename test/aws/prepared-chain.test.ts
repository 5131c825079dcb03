import {HttpResponse, type HttpRequest} from '@smithy/core/protocols';
import {Hash} from '@smithy/core/serde';
import {SignatureV4} from '@smithy/signature-v4';
import {assert, asyncProperty, constantFrom, date, dictionary, string, stringMatching} from 'fast-check';
import {expect, test} from 'vitest';
import {Connection} from '../../source/aws/connection/connection.ts';
import {loadService} from '../../source/aws/catalogue/sdk-service.ts';
import {signerFor} from '../../source/aws/sending/signer.ts';

const {signal: abortSignal} = new AbortController();
const agent = {version: '0.1.0+dev (x)', run: '20261127T101500Z-200000000001-abcd'};

/** Operations of each protocol, with members in the path, in the query and in the body. */
const operations: readonly (readonly [name: string, input: object, answer: string])[] = [
  [
    'imagebuilder:ListImagePipelines',
    {filters: [{name: 'name', values: ['é"']}]},
    '{"imagePipelineList":[]}',
  ],
  [
    'imagebuilder:GetImagePipeline',
    {imagePipelineArn: 'arn:aws:imagebuilder:a:1:b/c d'},
    '{"requestId":"r"}',
  ],
  ['imagebuilder:ListImages', {}, '{"imageVersionList":[]}'],
  [
    'iam:GetRole',
    {RoleName: 'a+b&c'},
    '<GetRoleResponse><GetRoleResult><Role><RoleName>x</RoleName></Role></GetRoleResult></GetRoleResponse>',
  ],
  ['ssm:GetParametersByPath', {Path: '/a', Recursive: true}, '{"Parameters":[]}'],
  ['account:ListRegions', {RegionOptStatusContains: ['ENABLED']}, '{"Regions":[]}'],
  ['eventbridge:ListRules', {NamePrefix: 'x'}, '{"Rules":[]}'],
  [
    'sts:GetCallerIdentity',
    {},
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  ],
];

type Answered = (request: HttpRequest) => Promise<{response: HttpResponse}>;

/** A connection whose requests get as far as the wire. */
async function wired(answer: Answered, endpoint?: string) {
  const connection = new Connection({
    agent,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret', sessionToken: 'a-token'},
    ...(endpoint === undefined ? {} : {endpoint}),
  });
  const {handler} = await connection.way();
  handler.handle = answer as typeof handler.handle;
  return connection;
}

/** What is different in each request. */
const ofOneRequest = /(Signature=)\w+/;

function comparable({headers, body, method, protocol, hostname, port, path, query}: HttpRequest) {
  const {authorization = '', 'amz-sdk-invocation-id': id, 'x-amz-date': date, ...rest} = headers;
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(date).toMatch(/^\d{8}T\d{6}Z$/);
  const text = typeof body === 'string' || body === undefined ? body : new TextDecoder().decode(body);
  const signed = authorization.replace(ofOneRequest, '$1…');
  return {method, protocol, hostname, port, path, query, headers: {...rest, authorization: signed}, text};
}

test('a call sends what the SDK would send, and gets what the SDK would make of the answer', async () => {
  for (const endpoint of [undefined, 'http://127.0.0.1:4566/base']) {
    for (const [name, input, text] of operations) {
      const sent: HttpRequest[] = [];
      const body = Buffer.from(text);
      const connection = await wired(async (request) => {
        sent.push(request);
        return {response: new HttpResponse({statusCode: 200, headers: {'x-amzn-requestid': 'r1'}, body})};
      }, endpoint);
      const [service = '', operation = ''] = name.split(':');
      const {createCommand} = await loadService(service);
      const client = await connection.client(service, 'eu-west-3');
      const seen: string[] = [];
      const call = async () =>
        client.call(createCommand(operation, input), {
          abortSignal,
          seen: async ({body: bytes}) => void seen.push(Buffer.from(bytes).toString()),
        });
      const [first, second] = [await call(), await call()];
      const plain = await client.send(createCommand(operation, input), {abortSignal});
      expect(sent).toHaveLength(3);
      const [one, other, bySdk] = sent.map(comparable);
      expect(one).toEqual(bySdk);
      expect(other).toEqual(bySdk);
      expect(seen).toEqual([text, text]);
      expect(known(first)).toEqual(known(plain));
      expect(known(second)).toEqual(known(plain));
    }
  }
});

/** Tells apart what the SDK made of two refusals. */
function about(error: unknown) {
  const {name, message, $metadata, constructor} = error as Error & {$metadata: Record<string, unknown>};
  const {httpStatusCode, requestId} = $metadata;
  return {name, message, httpStatusCode, requestId, constructor};
}

/** An answer's members, and its id. */
function known({$metadata, ...members}: Record<string, unknown>) {
  return {...members, id: ($metadata as {requestId?: string}).requestId};
}

test('a refusal is the error that the SDK makes of it', async () => {
  for (const [name, input] of operations) {
    const xml = /^(iam|sts):/.test(name);
    const text = xml
      ? '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
      : '{"__type":"AccessDeniedException","message":"no"}';
    const connection = await wired(async () => ({
      response: new HttpResponse({
        statusCode: 403,
        headers: {'x-amzn-requestid': 'r1', 'content-type': xml ? 'text/xml' : 'application/json'},
        body: Buffer.from(text),
      }),
    }));
    const [service = '', operation = ''] = name.split(':');
    const {createCommand} = await loadService(service);
    const client = await connection.client(service, 'eu-west-3');
    const call = async () =>
      client.call(createCommand(operation, input), {abortSignal, seen: async () => undefined});
    const plain = about(
      await client.send(createCommand(operation, input), {abortSignal}).catch((e: unknown) => e),
    );
    expect(plain.httpStatusCode).toBe(403);
    for (let time = 1; time <= 2; time += 1)
      expect(about(await call().catch((e: unknown) => e))).toEqual(plain);
  }
});

const sha256 = Hash.bind(null, 'sha256');

test('a signature is the one that the SDK makes, for any keys, Region, service and day', async () => {
  const text = string({minLength: 1, maxLength: 20});
  const keys = Array.from({length: 3}, (_, index) => ({
    accessKeyId: `AKIA${index}`,
    secretAccessKey: `secret ${index}`,
    ...(index === 1 ? {sessionToken: 'token'} : {}),
  }));
  await assert(
    asyncProperty(
      constantFrom(...keys),
      constantFrom('eu-west-1', 'us-east-1'),
      constantFrom('iam', 'imagebuilder'),
      date({min: new Date('2026-11-26'), max: new Date('2026-11-29'), noInvalidDate: true}),
      dictionary(stringMatching(/^x-[a-z]{1,8}$/), text),
      text,
      async (credentials, region, service, signingDate, headers, body) => {
        const settings = {region, service, sha256, credentials};
        const request = {
          method: 'POST',
          protocol: 'https:',
          hostname: 'h',
          path: '/p q',
          query: {a: body},
          body,
        };
        const make = () => ({...request, headers: {host: 'h', ...headers}, clone: () => request}) as never;
        const own = signerFor(settings, credentials);
        expect(await own.sign(make(), {signingDate})).toEqual(
          await new SignatureV4(settings).sign(make(), {signingDate}),
        );
      },
    ),
  );
});
