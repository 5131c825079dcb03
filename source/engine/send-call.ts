import {concealedOutcome, revealed} from './model/mask-secrets.ts';
import type {AwsPort, CallOutcome, CallRequest} from './model/ports.ts';
import {modelOf, type Program} from './model/program.ts';

/**
 * Sends a request that a turn gave. Masks become secrets here and nowhere else, and the outcome is the one that the run
 * may know.
 */
export async function sendCall(
  program: Pick<Program, 'operations' | 'secrets'>,
  aws: Pick<AwsPort, 'call'>,
  request: CallRequest,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const {secrets = []} = program;
  const sent = {...request, input: revealed(request.input, secrets)};
  const outcome = await aws.call(sent, signal);
  return concealedOutcome(outcome, modelOf(program, request.operation).output, secrets);
}
