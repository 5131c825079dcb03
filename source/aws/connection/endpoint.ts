import type {AwsClient, Service} from '../catalogue/sdk-service.ts';

/** The hosts that were resolved, by the settings of the client: those of a fleet's accounts have one client. */
const hosts = new WeakMap<object, Map<string, Promise<string>>>();

/** Returns the target of a client's requests, resolved by the SDK without sending anything, and only once. */
export function hostOf(service: Service, client: AwsClient, operation: string): Promise<string> {
  const ofClient = hosts.get(client.config) ?? new Map<string, Promise<string>>();
  hosts.set(client.config, ofClient);
  const known = ofClient.get(operation);
  if (known !== undefined) return known;
  const found = resolvedHost(service, client, operation);
  ofClient.set(operation, found);
  found.catch(() => ofClient.delete(operation));
  return found;
}

async function resolvedHost(service: Service, client: AwsClient, operation: string): Promise<string> {
  let host = '';
  const probe = service.createCommand(operation, inPath(service, operation)) as {
    middlewareStack: {add(middleware: unknown, options: object): void};
  };
  const stop = new Error('not sent');
  probe.middlewareStack.add(
    () =>
      async ({request}: {request: {protocol: string; hostname: string; port?: number}}): Promise<never> => {
        const port = request.port === undefined ? '' : `:${request.port}`;
        host = `${request.hostname}${port}`;
        throw stop;
      },
    {step: 'build', priority: 'low', name: 'handrailHost'},
  );
  try {
    await client.send(probe, {abortSignal: new AbortController().signal});
  } catch (error) {
    if (error !== stop && host === '') throw error;
  }
  return host;
}

/** Values for the members that stand in an operation's path: the SDK makes no request without them. */
function inPath(service: Service, operation: string): object {
  const schema = service.inputSchema(operation);
  if (!schema.isStructSchema()) return {};
  const labels = [...schema.structIterator()].filter(
    ([, member]) => member.getMergedTraits().httpLabel !== undefined,
  );
  return Object.fromEntries(labels.map(([name, member]) => [name, member.isNumericSchema() ? 1 : 'x']));
}

/** The DNS names under which AWS serves its partitions, the second of each pair for dual-stack. */
const awsSuffixes: readonly string[] = [
  'amazonaws.com',
  'api.aws',
  'amazonaws.com.cn',
  'api.amazonwebservices.com.cn',
  'amazonaws.eu',
  'api.amazonwebservices.eu',
  'c2s.ic.gov',
  'api.aws.ic.gov',
  'sc2s.sgov.gov',
  'api.aws.scloud',
  'cloud.adc-e.uk',
  'api.cloud-aws.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws.hci.ic.gov',
];

/** Returns true if a host belongs to AWS. With a port it does not: AWS is always asked at the default port. */
export function isAwsHost(host: string): boolean {
  return awsSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}
