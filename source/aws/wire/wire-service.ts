import {loadService, UnknownOperation, type Service} from '../catalogue/sdk-service.ts';
import {routeOf, type Route} from './routes.ts';

/** Protocols of AWS that are spoken here, by their ids in Smithy. */
const protocols = {
  'aws.protocols#awsJson1_0': 'json',
  'aws.protocols#awsJson1_1': 'json',
  'aws.protocols#restJson1': 'rest-json',
  'aws.protocols#awsQuery': 'query',
  'aws.protocols#ec2Query': 'ec2',
  'aws.protocols#restXml': 'rest-xml',
} as const;

type ProtocolName = (typeof protocols)[keyof typeof protocols];

/** A service as its client speaks to it. */
export interface WireService {
  readonly service: Service;
  readonly protocol: ProtocolName;
  /** The name that its requests are signed for. */
  readonly signingName: string;
  /** Version of its API, which requests of the query protocols have. */
  readonly version: string;
  readonly xmlNamespace: string;
  /** The ways to its operations, where these have paths; the most exact first. */
  readonly routes: readonly Route[];
}

interface ClientConfig {
  readonly defaultSigningName?: string;
  readonly protocol?: {
    getShapeId?: () => string;
    readonly options?: {readonly version?: string; readonly xmlNamespace?: string};
  };
}

/** Loads a service's client, and what it says of its protocol. Throws UnknownOperation for a protocol that is not spoken. */
export async function wireService(name: string): Promise<WireService> {
  const service = await loadService(name);
  const credentials = {accessKeyId: 'none', secretAccessKey: 'none'};
  const client = service.createClient({region: 'us-east-1', credentials});
  const {protocol: spoken, defaultSigningName = name} = client.config as ClientConfig;
  client.destroy();
  const id = spoken?.getShapeId?.() ?? 'an unknown protocol';
  const protocol: ProtocolName | undefined = Object.hasOwn(protocols, id)
    ? protocols[id as keyof typeof protocols]
    : undefined;
  if (protocol === undefined)
    throw new UnknownOperation(`${name} speaks ${id}, which simulate --for does not know`);
  const {version = '', xmlNamespace = ''} = spoken?.options ?? {};
  const routes = service
    .operations()
    .flatMap((operation) => routeOf(service, operation) ?? [])
    .toSorted((a, b) => b.weight - a.weight);
  return {service, protocol, signingName: defaultSigningName, version, xmlNamespace, routes};
}
