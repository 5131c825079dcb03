import {readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {BadSetting} from '../connection/bad-setting.ts';
import {howFetchFailed} from '../connection/instance-metadata.ts';
import {keysInJson, type Keys} from './keys.ts';
import {WaitInterrupted} from './waits.ts';

/** Tries, the longest wait for each, and the pause between them, in ms: those of the AWS CLI. */
const [tries, limitMs, pauseMs] = [3, 2000, 1000];

/** Address of ECS's endpoint, to which AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is relative. */
const ecs = 'http://169.254.170.2';
/** Hosts that may be asked without TLS, as the AWS CLI allows: those of ECS and EKS, and this host. */
const plainHosts = /^(169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\]|localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Returns the keys that the endpoint of an ECS task or an EKS pod gives. The SDK's provider waits for a silent endpoint
 * without an end. Throws {@link BadSetting}, which says how the endpoint failed, and
 * {@link WaitInterrupted}.
 */
export async function containerKeys(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Keys> {
  const url = endpointIn(env);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await asked(url, await authorization(env), signal);
    if (typeof answer !== 'string') return answer;
    if (attempt === tries) throw failed(`${url.href} ${answer}`);
    await sleep(pauseMs, undefined, {signal}).catch(interrupted);
  }
}

function endpointIn(env: NodeJS.ProcessEnv): URL {
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const text = relative ? `${ecs}${relative}` : (env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? '');
  const url = URL.parse(text);
  if (url === null) throw failed(`${text} is no address`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainHosts.test(url.hostname))) {
    throw failed(`${url.href} is neither HTTPS nor an address of ECS, EKS or this host`);
  }
  return url;
}

async function authorization(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const file = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  const token = file
    ? await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw failed(`AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE ${file} cannot be read: ${error.code}`);
      })
    : env['AWS_CONTAINER_AUTHORIZATION_TOKEN'];
  if (!token) return {};
  if (/[\r\n]/.test(token)) throw failed('the authorization token of this container holds a line break');
  return {authorization: token};
}

/** One question: keys, or a few words on why there are none. */
async function asked(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Keys | string> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const answer = await fetch(url, {headers, redirect: 'manual', signal: limit});
    const text = await answer.text();
    return answer.ok ? (keysInJson(text) ?? 'answered without keys') : `answered ${answer.status}`;
  } catch (error) {
    if (signal.aborted) interrupted();
    return howFetchFailed(error, limitMs);
  }
}

function interrupted(): never {
  throw new WaitInterrupted();
}

function failed(how: string): BadSetting {
  return new BadSetting(`the credentials endpoint of this container gives no keys: ${how}`, {
    name: 'NoContainerKeys',
    remedy:
      'check that the task or pod has a role, and the AWS_CONTAINER_… variables; or name a profile with --profile',
  });
}
