import {awsPort} from '../../aws/call/aws-port.ts';
import {loadService} from '../../aws/catalogue/sdk-service.ts';
import {BadSetting} from '../../aws/connection/bad-setting.ts';
import {cliSettings, type CliSettings} from '../../aws/connection/cli-settings.ts';
import {Connection} from '../../aws/connection/connection.ts';
import {hostOf, isAwsHost} from '../../aws/connection/endpoint.ts';
import {callerIdentity, NoIdentity} from '../../aws/preflight/identity.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {Whose} from '../../ui/home/whose.ts';
import {accountText, faultText, shortCaller} from '../../wording/fault-text.ts';

/** Nobody waits for the answer, and an operator who sees none goes on without it (ms). */
const answerTimeoutMs = 8000;

/**
 * Finds out whose account a runbook would work in, for the home screen. It asks STS, and IAM for the alias. Nothing
 * is asked of an operator or of a program that may ask one: a run does that when it starts.
 */
export async function whoseAccount(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Whose> {
  const connection = new Connection({env, interrupted: signal, answerTimeoutMs});
  try {
    const settings = await cliSettings(undefined, env);
    const asked = whoIsAsked(settings);
    if (asked !== undefined) return {kind: 'nobody', why: asked};
    const identity = await callerIdentity(awsPort(connection), signal);
    const sts = await connection.client('sts');
    const host = await hostOf(await loadService('sts'), sts, 'GetCallerIdentity');
    const {account, partition} = identity;
    const parts = [
      accountText(identity),
      shortCaller(identity),
      ...(settings.profile === undefined ? [] : [`profile ${settings.profile}`]),
      ...(partition === 'aws' ? [] : [partition]),
      ...(isAwsHost(host) ? [] : [host]),
    ];
    return {kind: 'known', account, parts};
  } catch (error) {
    if (error instanceof NoIdentity) return withoutIdentity(error.fault);
    if (error instanceof BadSetting) return {kind: 'nobody', why: error.message, trouble: true};
    throw error;
  } finally {
    connection.close();
  }
}

function withoutIdentity(fault: Fault): Whose {
  if (fault.name === 'CredentialsProviderError') {
    return {kind: 'nobody', why: 'No credentials for AWS were found here. The demo needs none.'};
  }
  const remedy = fault.remedy === undefined ? '' : `; ${fault.remedy}`;
  return {kind: 'nobody', why: `${faultText(fault)}${remedy}`, trouble: true};
}

/** Returns a line where a person, or a program that may ask one, has to be asked for the credentials. */
function whoIsAsked({env, profile, files}: CliSettings): string | undefined {
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) return undefined;
  const seen = new Set<string>();
  for (let name: string | undefined = profile ?? 'default'; name !== undefined && !seen.has(name);) {
    seen.add(name);
    const section = files.profiles.get(name);
    if (section?.['mfa_serial'] !== undefined) {
      return `Profile ${name} wants an MFA code: a run asks for it when it starts.`;
    }
    if (section?.['credential_process'] !== undefined) {
      return `Profile ${name} gets its credentials from a program: a run starts it.`;
    }
    name = section?.['source_profile'];
  }
  return undefined;
}
