import type {RawAnswer} from '../call/raw-response.ts';
import type {Keys} from '../credentials/keys.ts';

// The parts of the AWS SDK's chain of middleware that Handrail works with, as they are at run time.

/** What one call brings along. */
export interface CallParts {
  /** Asked at the time of the signature. */
  readonly keys: () => Promise<Keys>;
  /** Products and versions for the user agent. */
  readonly agent: string;
  readonly abortSignal: AbortSignal;
  /** Receives the answer, and returns when the SDK may parse it. */
  readonly seen: (raw: RawAnswer) => Promise<void>;
}

interface SentRequest {
  readonly hostname: string;
  readonly port?: number;
  readonly headers: Record<string, string>;
}

/** What goes down the chain. */
export interface Args {
  readonly input: object;
  readonly request: SentRequest;
  readonly parts: CallParts;
}

/** What comes back up. */
export interface Result {
  readonly response: unknown;
  readonly output: Record<string, unknown>;
}

export type Next = (args: Args) => Promise<Result>;

export type Middleware = (next: Next) => Next;

/** Parts of a chain, before they are put together. */
export interface Stack {
  add(middleware: unknown, options: object): void;
  addRelativeTo(middleware: unknown, options: object): void;
  clone(): Stack;
  concat(other: Stack): Stack;
  remove(name: string): boolean;
  identify(): readonly string[];
  resolve(last: Next, context: Context): (args: Pick<Args, 'input' | 'parts'>) => Promise<Result>;
}

/** What the parts of a chain tell each other. */
export interface Context {
  readonly endpointV2?: {readonly properties?: {readonly authSchemes?: readonly object[]}};
  readonly authSchemes?: readonly object[];
  readonly __smithy_context: {
    readonly operationSchema?: unknown;
    readonly selectedHttpAuthScheme?: Scheme;
    readonly commandInstance?: unknown;
    readonly abortSignal?: unknown;
  };
}

/** The way to sign the requests of an operation. */
export interface Scheme {
  readonly httpAuthOption: {readonly schemeId: string; readonly signingProperties?: object};
  readonly identity: unknown;
  readonly signer: {
    sign(request: SentRequest, identity: unknown, properties: object): Promise<SentRequest>;
    errorHandler(properties: object): (error: unknown) => never;
    successHandler(response: unknown, properties: object): void;
  };
}

/** Parameters of an operation's endpoint, by where each comes from. */
export type Instructions = Readonly<Record<string, {readonly type: string}>>;
