import {onTestFinished} from 'vitest';
import {Connection, type ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';

/** What a single call comes to over a connection of its own. */
export async function asked(
  options: ConnectionOptions,
  request: Partial<CallRequest> = {},
): Promise<CallOutcome> {
  const connection = new Connection({
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
    ...options,
  });
  onTestFinished(() => connection.close());
  return awsPort(connection).call(
    {operation: 'sts:GetCallerIdentity', input: {}, ...request},
    new AbortController().signal,
  );
}
