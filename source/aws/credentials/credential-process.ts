import {BadSetting} from '../connection/bad-setting.ts';
import type {Section} from '../connection/shared-files.ts';
import type {Keys} from './keys.ts';
import {runCommand} from './run-command.ts';
import {WaitInterrupted, type NamedWait} from './waits.ts';

/** Surroundings of a profile's credential_process. */
interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly wait: NamedWait;
  readonly signal: AbortSignal;
}

/**
 * Returns the keys that a profile's credential_process prints. Throws {@link BadSetting} with the process's
 * message, and {@link WaitInterrupted}.
 */
export async function keysOfProcess(
  profile: string,
  section: Section,
  {env, wait, signal}: Surroundings,
): Promise<Keys> {
  const what = `credential_process of profile ${profile}`;
  const end = await wait(what, (said) =>
    runCommand(section['credential_process'] ?? '', {env, signal, said}),
  );
  if (signal.aborted) throw new WaitInterrupted();
  const {exitCode, output} = end;
  const complaint = end.complaint.trim();
  if (exitCode !== 0) {
    const how = exitCode === null ? `was ended by ${end.signal}` : `ended with exit code ${exitCode}`;
    throw failed(what, `${how}: ${complaint === '' ? 'it said nothing on stderr' : complaint}`);
  }
  const said = complaint === '' ? '' : `; it said: ${complaint}`;
  const answer = parsed(output);
  if (answer === undefined) {
    const printed = output.trim() === '' ? 'nothing' : 'something that is not JSON';
    throw failed(what, `printed ${printed}, where credentials are expected${said}`);
  }
  const {Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration} = answer;
  if (Version !== 1)
    throw failed(what, `printed Version ${JSON.stringify(Version ?? null)}, and only 1 is known`);
  if (!isText(AccessKeyId) || !isText(SecretAccessKey)) {
    const missing = isText(AccessKeyId) ? 'SecretAccessKey' : 'AccessKeyId';
    throw failed(what, `printed no ${missing}${said}`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(isText(SessionToken) ? {sessionToken: SessionToken} : {}),
    ...expiration(what, Expiration),
  };
}

function expiration(what: string, given: unknown): {expiration?: Date} {
  if (given === undefined || given === null || given === '') return {};
  const ends = new Date(String(given));
  if (Number.isNaN(ends.getTime())) throw failed(what, 'printed an Expiration that is no time');
  if (ends.getTime() <= Date.now()) {
    throw failed(what, `printed credentials that ended at ${ends.toISOString()}`);
  }
  return {expiration: ends};
}

function parsed(output: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(output.trim());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function failed(what: string, how: string): BadSetting {
  return new BadSetting(`${what} ${how}`, {
    name: 'CredentialProcessFailed',
    remedy: 'run that command by itself, then mend it or sign in as it asks',
  });
}
