import {awsPort} from '../../aws/call/aws-port.ts';
import {Connection, type ConnectionOptions} from '../../aws/connection/connection.ts';
import {callerIdentity, NoIdentity} from '../../aws/preflight/identity.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {shortCaller} from '../../wording/fault-text.ts';

/** Asks AWS who approves, and returns it in few words. Throws {@link UsageError} where AWS does not say. */
export async function approver(options: ConnectionOptions, signal: AbortSignal): Promise<string> {
  const connection = new Connection({...options, interrupted: signal});
  try {
    return shortCaller(await callerIdentity(awsPort(connection), signal));
  } catch (error) {
    if (error instanceof NoIdentity) throw new UsageError(error.sentence);
    throw error;
  } finally {
    connection.close();
  }
}
