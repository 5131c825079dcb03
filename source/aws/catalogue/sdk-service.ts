import {NormalizedSchema, translateTraits} from '@smithy/core/schema';
import {closestName} from '../../text/closest-name.ts';
import type {OperationModel, Shape} from '../../runbook/operation.ts';
import {effectOf, isIdempotent} from './effects.ts';
import {clientPackage, isNotFound, requireClient} from './find-client.ts';
import {shapeOf} from './sdk-shape.ts';

/** The part of an SDK client that Handrail uses. */
export interface AwsClient {
  /** Its settings as it resolved them. */
  readonly config: {readonly [setting: string]: unknown};
  send(command: object, options: {abortSignal: AbortSignal}): Promise<Record<string, unknown>>;
  readonly middlewareStack: {add(middleware: unknown, options: object): void};
  destroy(): void;
}

/** An AWS service's SDK package, loaded. */
export interface Service {
  readonly name: string;
  readonly createClient: (config: object) => AwsClient;
  readonly createCommand: (operation: string, input: object) => object;
  /** Names of its operations. */
  readonly operations: () => readonly string[];
  /** Throws {@link UnknownOperation}. */
  readonly model: (operation: string) => OperationModel;
  readonly outputSchema: (operation: string) => NormalizedSchema;
  readonly inputSchema: (operation: string) => NormalizedSchema;
  /** Method, URI and status of an operation; undefined where its protocol has no paths. */
  readonly http: (operation: string) => readonly [method: string, uri: string, status: number] | undefined;
}

/** A service or operation that is not there, said so that the operator can do something about it. */
export class UnknownOperation extends Error {
  override readonly name = 'UnknownOperation';
  readonly suggestion: string | undefined;

  constructor(message: string, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
  }
}

/** An AWS client whose package is not on this host. */
export class NotInstalled extends UnknownOperation {}

const loaded = new Map<string, Promise<Service>>();

/** Loads the SDK client package of a service, once. Throws {@link UnknownOperation} when it is not installed. */
export function loadService(name: string): Promise<Service> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const loading = load(name);
  loaded.set(name, loading);
  // A failed read, such as for lack of open files, may succeed the next time.
  loading.catch(() => loaded.delete(name));
  return loading;
}

type Exports = {readonly [name: string]: unknown};

/** The clients that come with Handrail, a bundle included. */
const shipped = new Map<string, () => Promise<object>>([
  ['account', () => import('@aws-sdk/client-account')],
  ['eventbridge', () => import('@aws-sdk/client-eventbridge')],
  ['iam', () => import('@aws-sdk/client-iam')],
  ['imagebuilder', () => import('@aws-sdk/client-imagebuilder')],
  ['organizations', () => import('@aws-sdk/client-organizations')],
  ['ssm', () => import('@aws-sdk/client-ssm')],
  ['sts', () => import('@aws-sdk/client-sts')],
]);

/** Returns the services of which the clients come with Handrail. */
export function shippedServices(): readonly string[] {
  return [...shipped.keys()];
}

async function load(name: string): Promise<Service> {
  const packageName = clientPackage(name);
  let exports: Exports;
  try {
    exports = ((await shipped.get(name)?.()) ?? requireClient(packageName)) as Exports;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw await notThere(name, packageName);
  }
  return fromExports(name, packageName, exports);
}

/**
 * Returns why a service's package cannot be loaded: it is not installed, or the SDK names the service
 * differently.
 */
async function notThere(name: string, packageName: string): Promise<UnknownOperation> {
  const {clientMistyped, clientOtherwiseCalled, isClientName} = await import('./client-names.ts');
  const install = `handrail clients add ${name}`;
  if (isClientName(name)) {
    return new NotInstalled(`${name}: the package ${packageName} is not installed; ${install} installs it`);
  }
  const other = clientOtherwiseCalled(name);
  if (other !== undefined)
    return new UnknownOperation(`${name}: no client of the AWS SDK has this name`, other);
  // The list of clients grows without Handrail.
  return new NotInstalled(
    `${name}: Handrail knows no client of this name; if the AWS SDK has one, ${install} installs it`,
    clientMistyped(name),
  );
}

type Constructor<T> = new (options: object) => T;

function fromExports(name: string, packageName: string, exports: Exports): Service {
  const clientName = Object.keys(exports).find((key) => /^[A-Z].*Client$/.test(key));
  const Client = exports[clientName ?? ''] as Constructor<AwsClient> | undefined;
  if (Client === undefined) throw new UnknownOperation(`${packageName} has no client`);
  const models = new Map<string, OperationModel>();
  const schemaOf = (operation: string): readonly unknown[] => {
    const schema = exports[`${operation}$`];
    if (exports[`${operation}Command`] !== undefined && Array.isArray(schema)) return schema;
    const meant = closestName(operation, operationsIn(exports));
    throw new UnknownOperation(
      `${name} has no operation ${operation}`,
      meant === undefined ? undefined : `${name}:${meant}`,
    );
  };
  const inputSchema = (operation: string): NormalizedSchema =>
    NormalizedSchema.of(schemaOf(operation)[4] as never);
  const outputSchema = (operation: string): NormalizedSchema =>
    NormalizedSchema.of(schemaOf(operation)[5] as never);
  const model = (operation: string): OperationModel => {
    const made = models.get(operation) ?? modelOf(name, operation, schemaOf(operation), exports);
    models.set(operation, made);
    return made;
  };
  return {
    name,
    createClient: (config) => new Client(config),
    createCommand: (operation, input) => new (exports[`${operation}Command`] as Constructor<object>)(input),
    operations: () => operationsIn(exports),
    model,
    inputSchema,
    outputSchema,
    http: (operation) => translateTraits(schemaOf(operation)[3] as never).http,
  };
}

function operationsIn(exports: Exports): readonly string[] {
  return Object.keys(exports).flatMap((key) => /^([A-Z].*)Command$/.exec(key)?.[1] ?? []);
}

function modelOf(
  service: string,
  operation: string,
  schema: readonly unknown[],
  exports: Exports,
): OperationModel {
  const {idempotent = 0, http} = translateTraits(schema[3] as never);
  const input = NormalizedSchema.of(schema[4] as never);
  const output = NormalizedSchema.of(schema[5] as never);
  const tokenMember = input.isStructSchema()
    ? [...input.structIterator()].find(([, member]) => member.isIdempotencyToken())?.[0]
    : undefined;
  const inputShape = shapeOf(input);
  const outputShape = shapeOf(output);
  // Not only where the SDK has a paginator: none of EventBridge's operations has one, and they come in pages.
  const effect = effectOf(service, operation, http?.[0]);
  const inPages = exports[`paginate${operation}`] !== undefined || effect.effect === 'read';
  const pages = inPages ? pageTokens(inputShape, outputShape) : undefined;
  const twice = isIdempotent(operation, idempotent === 1) ? 'idempotent' : 'never';
  return {
    name: `${service}:${operation}`,
    service,
    operation,
    ...effect,
    resend: tokenMember === undefined ? twice : 'token',
    ...(operation.startsWith('Delete') ? {deletes: true as const} : {}),
    ...(tokenMember === undefined ? {} : {tokenMember}),
    ...(pages === undefined ? {} : {pages}),
    errors: errorsOf(exports),
    input: inputShape,
    output: outputShape,
  };
}

const errorNames = new WeakMap<Exports, readonly string[]>();

/** The names of a service's modelled errors: its client exports a class for each. */
function errorsOf(exports: Exports): readonly string[] {
  const known = errorNames.get(exports);
  if (known !== undefined) return known;
  const names = Object.entries(exports).flatMap(([name, value]) =>
    typeof value === 'function' && value.prototype instanceof Error ? [name] : [],
  );
  errorNames.set(exports, names);
  return names;
}

/** The pairs of members by which AWS services page; the SDK's paginators do not tell theirs. */
const tokenPairs: readonly (readonly [string, string])[] = [
  ['nextToken', 'nextToken'],
  ['NextToken', 'NextToken'],
  ['Marker', 'Marker'],
  ['Marker', 'NextMarker'],
  ['marker', 'marker'],
  ['marker', 'nextMarker'],
  ['ExclusiveStartTableName', 'LastEvaluatedTableName'],
  ['pageToken', 'nextPageToken'],
  ['position', 'position'],
];

function pageTokens(input: Shape, output: Shape): OperationModel['pages'] {
  const pair = tokenPairs.find(([into, out]) => input.members().has(into) && output.members().has(out));
  return pair === undefined ? undefined : {inputToken: pair[0], outputToken: pair[1]};
}
