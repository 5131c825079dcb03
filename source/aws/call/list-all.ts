import type {Json} from '../../data/json.ts';
import {setTimeout as sleep} from 'node:timers/promises';
import {isPassing, type Fault} from '../../engine/model/fault.ts';
import {maxRestarts, withPage, type ListProgress} from '../../engine/respond/list-progress.ts';
import {mergePages} from '../../engine/respond/merge-pages.ts';
import type {AwsPort, CallRequest} from '../../engine/model/ports.ts';
import {modelNamed} from '../catalogue/operation-models.ts';

/** Tries of each page, and the wait between them in ms: enough for a passing fault before a run has begun. */
const maxAttempts = 4;
const retryDelayMs = 250;

/**
 * Reads a list to its last page, or returns the fault that stopped it. It serves questions before a run;
 * nothing is journaled.
 */
export async function listAll(
  aws: Pick<AwsPort, 'call'>,
  request: CallRequest,
  signal: AbortSignal,
): Promise<{readonly output: Json} | {readonly fault: Fault}> {
  const {pages} = await modelNamed(request.operation);
  let earlier: ListProgress | undefined;
  let restarts = 0;
  for (;;) {
    const input =
      earlier === undefined || pages === undefined
        ? request.input
        : {...request.input, [pages.inputToken]: earlier.nextToken};
    const outcome = await tried(aws, {...request, input}, signal);
    if (!outcome.ok) {
      if (earlier === undefined || restarts >= maxRestarts || outcome.fault.tokenEnded !== true) {
        return {fault: outcome.fault};
      }
      earlier = undefined;
      restarts += 1;
      continue;
    }
    if (outcome.nextToken === undefined) return {output: mergePages(earlier?.merged ?? {}, outcome.output)};
    const progress = withPage(earlier, outcome.output, outcome.nextToken);
    if ('fault' in progress) return progress;
    earlier = progress;
  }
}

async function tried(
  aws: Pick<AwsPort, 'call'>,
  request: CallRequest,
  signal: AbortSignal,
): ReturnType<AwsPort['call']> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await aws.call(request, signal);
    if (outcome.ok || attempt >= maxAttempts || signal.aborted) return outcome;
    if (!isPassing(outcome.fault)) return outcome;
    await sleep(retryDelayMs * attempt, undefined, {signal}).catch(() => undefined);
  }
}
