import type {Context, Serde} from '@restatedev/restate-sdk';

/** The engine's SDK. It is an option of the installation, loaded by the command that needs it. */
export type Sdk = typeof import('@restatedev/restate-sdk');

/** The package of the SDK, and the version that Handrail was tried with. */
export const sdkPackage = {name: '@restatedev/restate-sdk', version: '1.17.2'} as const;

/**
 * Options of each service. By its own default the engine waits up to a minute between two tries and gives up after 70 of
 * them: a run would stand still until somebody noticed. Nothing of a handler is kept once it is over.
 */
export const lasting = {
  journalRetention: 0,
  retryPolicy: {initialInterval: 100, maxInterval: 1000, exponentiationFactor: 2, maxAttempts: 1_000_000_000},
} as const;

/** How messages are written. */
export const json: Serde<unknown> = {
  contentType: 'application/json',
  serialize: (value) => new TextEncoder().encode(JSON.stringify(value)),
  deserialize: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as unknown,
};

/** A message to a handler. */
interface Message {
  readonly service: string;
  readonly method: string;
  /** Of the object; absent for a service. */
  readonly key?: string;
  readonly parameter: unknown;
  /** ms. */
  readonly delay?: number;
}

/** Sends a message. The engine has it when the handler goes on. */
export function post(ctx: Context, message: Message): void {
  ctx.genericSend({...message, inputSerde: json});
}
