import {WaitInterrupted} from '../credentials/waits.ts';
import type {Section} from './shared-files.ts';

/** The metadata service of an EC2 instance, by the AWS CLI's settings. */
export interface MetadataService {
  /** It is not to be asked. */
  readonly isOff: boolean;
  readonly address: string;
  /** IMDSv1 is disabled: nothing is asked for without a token. */
  readonly needsToken: boolean;
  /** Longest wait for one answer, in ms. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** Returns the settings of the environment, then those of the profile in use. */
export function metadataService(env: NodeJS.ProcessEnv, section: Section | undefined): MetadataService {
  const set = (name: string): string | undefined => env[`AWS_${name.toUpperCase()}`] || section?.[name];
  const isVersion6 = set('ec2_metadata_service_endpoint_mode')?.toLowerCase() === 'ipv6';
  return {
    isOff: env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true',
    address:
      set('ec2_metadata_service_endpoint') ??
      (isVersion6 ? 'http://[fd00:ec2::254]' : 'http://169.254.169.254'),
    needsToken: set('ec2_metadata_v1_disabled')?.toLowerCase() === 'true',
    timeoutMs: atLeastOne(set('metadata_service_timeout')) * 1000,
    attempts: atLeastOne(set('metadata_service_num_attempts')),
  };
}

function atLeastOne(text = ''): number {
  return /^\d+$/.test(text) ? Math.max(1, Number(text)) : 1;
}

/** The metadata service gave nothing of use; the message says how. */
export class MetadataFailure extends Error {
  override readonly name = 'MetadataFailure';
}

/** Reads a path of the metadata service. Throws {@link MetadataFailure}. */
type ReadMetadata = (path: string) => Promise<string>;

/**
 * Returns a way to read paths: with a token (IMDSv2), or without one where none is granted and IMDSv1 is allowed.
 * Throws {@link MetadataFailure} and
 * {@link WaitInterrupted}.
 */
export async function metadataReader(service: MetadataService, signal: AbortSignal): Promise<ReadMetadata> {
  const token = await grantedToken(service, signal);
  if (token === undefined && service.needsToken) {
    throw new MetadataFailure(`${service.address} grants no token, and IMDSv1 is disabled`);
  }
  const headers = token === undefined ? {} : {'x-aws-ec2-metadata-token': token};
  return async (path) => {
    const answer = await asked(service, path, {headers}, signal);
    if (typeof answer === 'string') throw new MetadataFailure(answer);
    if (answer.status !== 200) throw new MetadataFailure(`${answer.url} answered ${answer.status}`);
    return answer.text;
  };
}

/** An old service answers 404 to the question for a token; one behind a hop too many never does. Both may know IMDSv1. */
async function grantedToken(service: MetadataService, signal: AbortSignal): Promise<string | undefined> {
  const headers = {'x-aws-ec2-metadata-token-ttl-seconds': '21600'};
  const answer = await asked(service, '/latest/api/token', {method: 'PUT', headers}, signal);
  if (typeof answer === 'string') return undefined;
  if (answer.status === 400) throw new MetadataFailure(`${answer.url} answered 400`);
  return answer.status === 200 ? answer.text : undefined;
}

interface Answer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/** An answer, or a few words on why there is none. */
async function asked(
  {address, timeoutMs, attempts}: MetadataService,
  path: string,
  request: RequestInit,
  signal: AbortSignal,
): Promise<Answer | string> {
  const url = URL.parse(`${address.replace(/\/$/, '')}${path}`)?.href;
  if (url === undefined) throw new MetadataFailure(`${address} is no address`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const answer = await fetch(url, {...request, redirect: 'manual', signal: limit});
      const text = await answer.text();
      if (answer.ok || answer.status < 500 || attempt >= attempts) return {url, status: answer.status, text};
    } catch (error) {
      if (signal.aborted) throw new WaitInterrupted();
      if (attempt >= attempts) return `${url} ${howFetchFailed(error, timeoutMs)}`;
    }
  }
}

/** Says how a question over HTTP failed, after the words for the address. */
export function howFetchFailed(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `gave no answer in ${timeoutMs / 1000} s`;
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return `cannot be reached: ${cause?.code ?? cause?.message ?? 'the connection broke'}`;
}
