import {randomUUID} from 'node:crypto';
import {getSchemaSerdePlugin} from '@smithy/core/schema';
import {rawAnswerMiddleware} from '../call/raw-response.ts';
import type {AwsClient} from '../catalogue/sdk-service.ts';
import type {
  Args,
  CallParts,
  Context,
  Instructions,
  Middleware,
  Next,
  Result,
  Scheme,
  Stack,
} from './sdk-chain.ts';
import {signerFor, type SignerSettings} from './signer.ts';

/** Sends a call of one operation through one client. */
export type Chain = (input: object, parts: CallParts) => Promise<Record<string, unknown>>;

/** Parts of the SDK's chain that come to the same for each call of an operation. Others take their place. */
const settledParts: readonly string[] = [
  'loggerMiddleware',
  'endpointV2Middleware',
  'hostHeaderMiddleware',
  'recursionDetectionMiddleware',
  'getUserAgentMiddleware',
  'retryMiddleware',
  'httpAuthSchemeMiddleware',
  'httpSigningMiddleware',
];

const knownParts = new Set([
  ...settledParts,
  'serializerMiddleware',
  'contentLengthMiddleware',
  'deserializerMiddleware',
  'handrailProbe',
]);

/** Parameters of an endpoint that are settings of the client, or of the operation. */
const settledParameters = new Set(['builtInParams', 'clientContextParams', 'staticContextParams']);

/** Headers by these parts, and the two by the parts that stay. */
const usualHeaders = new Set([
  'host',
  'user-agent',
  'x-amz-user-agent',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'content-type',
  'content-length',
  'x-amz-target',
]);

/** What the SDK made of an operation's first call before its signature. */
interface Settled {
  readonly context: Context;
  readonly headers: Readonly<Record<string, string>>;
  readonly scheme: Scheme;
  readonly settings: SignerSettings;
}

/**
 * Makes the chain of an operation through a client, once for all of its calls. For each call the SDK puts its twelve parts
 * together, and works out the endpoint, the user agent and the way to sign, which come to the same each time. Undefined
 * where they may not: then the SDK has to do all that for each call.
 */
export async function preparedChain(client: AwsClient, command: object): Promise<Chain | undefined> {
  if (dependsOnInput(command)) return undefined;
  const settled = await settledFor(client, command);
  return settled === undefined ? undefined : chainOf(client, settled);
}

/** Some endpoints are made of members of the input, such as the name of a bucket. */
function dependsOnInput(command: object): boolean {
  const {constructor} = command as {constructor: {getEndpointParameterInstructions?(): Instructions}};
  const instructions = constructor.getEndpointParameterInstructions?.();
  if (instructions === undefined) return true;
  return Object.values(instructions).some(({type}) => !settledParameters.has(type));
}

async function settledFor(client: AwsClient, command: object): Promise<Settled | undefined> {
  const {middlewareStack: own} = command as {readonly middlewareStack: Stack};
  const found: Pick<Settled, 'context' | 'headers'>[] = [];
  const probe =
    (_next: Next, context: Context) =>
    async ({request}: Args): Promise<Result> => {
      found.push({context, headers: request.headers});
      return {response: undefined, output: {$metadata: {}}};
    };
  own.addRelativeTo(probe, {
    relation: 'before',
    toMiddleware: 'httpSigningMiddleware',
    name: 'handrailProbe',
  });
  await client.send(command, {abortSignal: new AbortController().signal});
  const [settled] = found;
  const scheme = settled?.context.__smithy_context.selectedHttpAuthScheme;
  if (settled === undefined || scheme?.httpAuthOption.schemeId !== 'aws.auth#sigv4') return undefined;
  const names = stackOf(client).concat(own).identify();
  if (!names.every((name) => knownParts.has(name.split(' ')[0] ?? ''))) return undefined;
  if (!Object.keys(settled.headers).every((name) => usualHeaders.has(name))) return undefined;
  const {settings} = await settingsOf(client)(settled.context.endpointV2?.properties?.authSchemes?.[0]);
  return settings === undefined ? undefined : {...settled, scheme, settings};
}

function chainOf(client: AwsClient, settled: Settled): Chain {
  const {__smithy_context, ...others} = settled.context;
  // What belongs to the first call alone is not kept.
  const {commandInstance: _, abortSignal: __, selectedHttpAuthScheme: ___, ...ofOperation} = __smithy_context;
  const context: Context = {...others, __smithy_context: ofOperation};
  const stack = stackOf(client).clone();
  for (const name of settledParts) stack.remove(name);
  useLeanSerde(client, stack);
  stack.add(completing(settled), {step: 'build', priority: 'low', name: 'handrailHeaders'});
  stack.add(signing(client, settled, context), {step: 'finalizeRequest', name: 'handrailSignature'});
  stack.add(showing, {step: 'deserialize', priority: 'low', name: 'handrailRawAnswer'});
  const handler = client.config['requestHandler'] as {
    handle(request: object, options: object): Promise<Result>;
  };
  const chain = stack.resolve(
    ({request, parts: {abortSignal}}) => handler.handle(request, {abortSignal}),
    context,
  );
  return async (input, parts) => (await chain({input, parts})).output;
}

/**
 * Has the SDK write requests and read answers with settings that it does not copy for each of them: there are sixty, and
 * it looks at two. The others are there where the protocol asks for them.
 */
function useLeanSerde({config}: AwsClient, stack: Stack): void {
  const {protocol, streamCollector} = config as {
    readonly protocol: Protocol;
    readonly streamCollector: unknown;
  };
  const lean = Object.assign(Object.create(config) as object, {protocol, streamCollector});
  getSchemaSerdePlugin(lean as never).applyToStack(stack as never);
  protocol.setSerdeContext(config);
}

interface Protocol {
  setSerdeContext(config: object): void;
}

/** Adds the headers that the parts left out would add. */
function completing({headers: learned}: Settled): Middleware {
  const {'x-amz-user-agent': product = '', 'user-agent': agent = ''} = learned;
  return (next) => (args) => {
    const {request, parts} = args;
    const {hostname, port, headers} = request;
    headers['host'] ??= port === undefined ? hostname : `${hostname}:${port}`;
    headers['x-amz-user-agent'] = product;
    headers['user-agent'] = `${agent} ${parts.agent}`;
    headers['amz-sdk-invocation-id'] = randomUUID();
    headers['amz-sdk-request'] = 'attempt=1; max=1';
    return next(args);
  };
}

/** Signs with the call's own keys, by the SDK's signer: it knows how far this host's clock is off. */
function signing(client: AwsClient, {scheme, settings}: Settled, context: Context): Middleware {
  const config = client.config as typeof client.config & {systemClockOffset: number};
  const {identity, signer, httpAuthOption} = scheme;
  return (next) => async (args) => {
    const keys = await args.parts.keys();
    // Of this call alone: the SDK notes there when it was sent.
    const properties = {
      ...httpAuthOption.signingProperties,
      context,
      config: {
        signer: async () => signerFor(settings, keys),
        disableClockSkewCorrection: config['disableClockSkewCorrection'],
        get systemClockOffset() {
          return config.systemClockOffset;
        },
        set systemClockOffset(ms: number) {
          config.systemClockOffset = ms;
        },
      },
    };
    const request = await signer.sign(args.request, identity, properties);
    const result = await next({...args, request}).catch(signer.errorHandler(properties));
    signer.successHandler(result.response, properties);
    return result;
  };
}

/** Shows the call its answer. */
const showing: Middleware = (next) => (args) =>
  rawAnswerMiddleware(args.parts.seen)(next as never)(args) as Promise<Result>;

function stackOf({middlewareStack}: AwsClient): Stack {
  return middlewareStack as unknown as Stack;
}

/** The client's own way to make a signer. */
function settingsOf({config}: AwsClient) {
  return config['signer'] as (scheme: object | undefined) => Promise<{readonly settings?: SignerSettings}>;
}
