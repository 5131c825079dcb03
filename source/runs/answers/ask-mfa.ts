import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {OperatorPort} from '../../engine/model/ports.ts';

/** An MFA code is wanted, and nobody gave one. */
class NoMfaCode extends Error {
  override readonly name = 'NoMfaCode';
}

/** The way to AWS, on which an MFA code is asked of the operator unless it was given beforehand. */
export function askingForMfa(
  options: ConnectionOptions,
  view: OperatorPort,
  signal: AbortSignal,
): ConnectionOptions {
  if (options.mfaCode !== undefined) return options;
  return {...options, mfaCode: (serial) => askFor(serial, view, signal)};
}

async function askFor(serial: string, view: OperatorPort, signal: AbortSignal): Promise<string> {
  const message = `What does the MFA device ${serial} show now?`;
  const answer = await view.ask({kind: 'code', message}, signal);
  if (answer.accepted && answer.typed !== undefined) return answer.typed;
  throw new NoMfaCode(`the MFA device ${serial} was not read: no code was given`);
}
