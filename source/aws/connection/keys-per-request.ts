import {SignatureV4} from '@smithy/signature-v4';
import type {AwsClient} from '../catalogue/sdk-service.ts';
import type {Keys} from '../credentials/keys.ts';

/** The keys that each request is to be signed with. */
const keysOf = new WeakMap<object, Keys>();

interface Signer {
  sign(request: object, options: object): Promise<object>;
}
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
  const Own = config.signerConstructor ?? (SignatureV4 as unknown as SignerConstructor);
  config.signerConstructor = class implements Signer {
    readonly #settings: object;

    constructor(settings: object) {
      this.#settings = settings;
    }

    async sign(request: object, options: object): Promise<object> {
      const credentials = keysOf.get(request);
      if (credentials === undefined) throw new Error('a request that nobody gave keys to is not sent');
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
export function clientFor(client: AwsClient, {keys, agent}: Caller): AwsClient {
  return {
    config: client.config,
    middlewareStack: client.middlewareStack,
    destroy: () => client.destroy(),
    send: (command, options) => {
      const {middlewareStack} = command as Command;
      middlewareStack.add(named(agent), {step: 'initialize', name: 'handrailAgent', override: true});
      middlewareStack.addRelativeTo(signedWith(keys), {
        relation: 'before',
        toMiddleware: 'httpSigningMiddleware',
        name: 'handrailKeys',
        override: true,
      });
      return client.send(command, options);
    },
  };
}

interface Command {
  readonly middlewareStack: {
    add(middleware: unknown, options: object): void;
    addRelativeTo(middleware: unknown, options: object): void;
  };
}

type Next<T> = (args: T) => Promise<unknown>;

function named(agent: Caller['agent']) {
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
