import {rawAnswerMiddleware} from '../call/raw-response.ts';
import type {AwsClient} from '../catalogue/sdk-service.ts';
import type {Keys} from '../credentials/keys.ts';
import {preparedChain, type Chain} from './prepared-chain.ts';
import type {CallParts, Stack} from './sdk-chain.ts';
import {signerFor, type Signer, type SignerSettings} from './signer.ts';

/** The keys that each request is to be signed with. */
const keysOf = new WeakMap<object, Keys>();

type SignerConstructor = new (settings: object) => Signer;

/** Keys of a client that is shared: they sign nothing, because each request has its own. */
export const nobodysKeys: Keys = {accessKeyId: 'none', secretAccessKey: 'none'};

/**
 * Makes a client sign each request with the keys that were laid down for it. A request without any is refused, and
 * never signed with those of another. The SDK's signer takes no notice of the identity that it is handed, so this is
 * the place where it looks for keys.
 */
export function signByRequest(client: AwsClient): AwsClient {
  const config = client.config as {signerConstructor?: SignerConstructor};
  const Own = config.signerConstructor;
  config.signerConstructor = class implements Signer {
    /** Absent where the client has a signer that is not the usual one. */
    readonly settings: SignerSettings | undefined;
    readonly #settings: object;

    constructor(settings: object) {
      this.#settings = settings;
      this.settings = Own === undefined ? (settings as SignerSettings) : undefined;
    }

    async sign(request: object, options: object): Promise<object> {
      const credentials = keysOf.get(request);
      if (credentials === undefined) throw new Error('a request that nobody gave keys to is not sent');
      if (Own === undefined)
        return signerFor(this.#settings as SignerSettings, credentials).sign(request, options);
      // The SDK made these settings for this request alone.
      return new Own(Object.assign(this.#settings, {credentials})).sign(request, options);
    }
  };
  return client;
}

/** One caller of a client that several share. */
export interface Caller {
  /** Asked for each request, at the time of its signature. */
  readonly keys: () => Promise<Keys>;
  /** Products and versions for the user agent. */
  readonly agent: readonly (readonly [string, string])[];
}

/** A client for one caller: what it sends is signed with this caller's keys, and names this caller. */
export interface CallersClient extends AwsClient {
  /** Sends a command, and shows its answer before it is parsed. */
  call(command: object, options: Pick<CallParts, 'abortSignal' | 'seen'>): Promise<Record<string, unknown>>;
}

/** The chains of each client, by the class of the command. */
const chains = new WeakMap<object, Map<unknown, Promise<Chain | undefined>>>();

/** Makes a client for one caller of those who share one. */
export function clientFor(client: AwsClient, {keys, agent}: Caller): CallersClient {
  const named = textOf(agent);
  const send: AwsClient['send'] = (command, options) => {
    const {middlewareStack} = command as {readonly middlewareStack: Stack};
    middlewareStack.add(withAgent(agent), {step: 'initialize', name: 'handrailAgent', override: true});
    middlewareStack.addRelativeTo(signedWith(keys), {
      relation: 'before',
      toMiddleware: 'httpSigningMiddleware',
      name: 'handrailKeys',
      override: true,
    });
    return client.send(command, options);
  };
  return {
    config: client.config,
    middlewareStack: client.middlewareStack,
    destroy: () => client.destroy(),
    send,
    call: async (command, {abortSignal, seen}) => {
      const {input, middlewareStack} = command as {readonly input: object; readonly middlewareStack: Stack};
      const chain = await chainFor(client, command);
      if (chain !== undefined) return chain(input, {keys, agent: named, abortSignal, seen});
      // Low puts it within the SDK's own deserializer: outside of it the body would be consumed already.
      const options = {step: 'deserialize', priority: 'low', name: 'handrailRawAnswer'};
      middlewareStack.add(rawAnswerMiddleware(seen), options);
      return send(command, {abortSignal});
    },
  };
}

/** The texts of user agents: each call has a client made for it. */
const texts = new WeakMap<Caller['agent'], string>();

function textOf(agent: Caller['agent']): string {
  const known = texts.get(agent);
  if (known !== undefined) return known;
  const text = agent.map(([name, version]) => `${name}/${version.replace(unusual, '-')}`).join(' ');
  texts.set(agent, text);
  return text;
}

/** Characters that stand for none in a user agent. */
const unusual = /[^!$%&'*+\-.^_`|~\w#]/g;

/** Returns the chain of a command's operation; undefined where each call needs one of its own. */
function chainFor(client: AwsClient, command: object): Promise<Chain | undefined> {
  const ofClient = chains.get(client) ?? new Map<unknown, Promise<Chain | undefined>>();
  chains.set(client, ofClient);
  const {constructor, input} = command as {constructor: new (input: object) => object; input: object};
  const known = ofClient.get(constructor);
  if (known !== undefined) return known;
  // What is wrong with this call is this call's own to report.
  const made = preparedChain(client, new constructor(input)).catch(() => {
    ofClient.delete(constructor);
    return undefined;
  });
  ofClient.set(constructor, made);
  return made;
}

type Next<T> = (args: T) => Promise<unknown>;

function withAgent(agent: Caller['agent']) {
  return <T>(next: Next<T>, context: {userAgent?: readonly (readonly [string, string])[]}): Next<T> =>
    (args) => {
      context.userAgent = [...(context.userAgent ?? []), ...agent];
      return next(args);
    };
}

function signedWith(keys: Caller['keys']) {
  return <T extends {readonly request: object}>(next: Next<T>): Next<T> =>
    async (args) => {
      keysOf.set(args.request, await keys());
      return next(args);
    };
}
