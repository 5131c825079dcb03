import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {View} from '../../ui/view.ts';

/** An MFA code is wanted, and nobody gave one. */
class NoMfaCode extends Error {
  override readonly name = 'NoMfaCode';
}

/**
 * The way to AWS for a run: an MFA code is asked of the operator unless one was given, what is waited for is shown, and
 * the interruption ends every wait.
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
