import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {View} from '../../ui/view.ts';

/** An MFA code is required, and none was given. */
class NoMfaCode extends Error {
  override readonly name = 'NoMfaCode';
}

/**
 * Makes a run's connection to AWS. It asks the operator for an MFA code unless one was given, and shows awaited
 * tasks. The interruption ends every wait.
 */
export function attendedConnection(
  options: ConnectionOptions,
  view: View,
  interrupted: AbortSignal,
): ConnectionOptions {
  return {
    mfaCode: (serial, signal) => askFor(serial, view, signal),
    ...options,
    interrupted,
    waiting: (what) => view.waiting?.(what),
  };
}

async function askFor(serial: string, view: View, signal: AbortSignal): Promise<string> {
  const message = `What does the MFA device ${serial} show now?`;
  const answer = await view.ask({kind: 'code', message}, signal);
  if (answer.accepted && answer.typed !== undefined) return answer.typed;
  throw new NoMfaCode(`the MFA device ${serial} was not read: no code was given`);
}
