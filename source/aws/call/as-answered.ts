import type {Json} from '../../data/json.ts';
import type {CallOutcome} from '../../engine/model/ports.ts';
import {loadService} from '../catalogue/sdk-service.ts';
import {whatIsWrong} from './check-response.ts';
import {classify, garbled} from './classify-error.ts';
import {fromJson, toJson} from './sdk-json.ts';

type Members = {readonly [member: string]: Json};

/** An error as a service sends it. */
export interface SentError {
  /** Its name, or the code of a connection that broke: `ECONNRESET`. */
  readonly name: string;
  readonly message: string;
  /** HTTP status; absent where no answer came. */
  readonly status?: number;
}

/** Returns the outcome of a call that an operation answers with these members, as if AWS had sent them. */
export async function asAnswered(operation: string, members: Members): Promise<CallOutcome> {
  const [service = '', name = ''] = operation.split(':');
  const loaded = await loadService(service);
  const model = loaded.model(name);
  const output = toJson(fromJson(members, loaded.outputSchema(name))) as Members;
  const wrong = whatIsWrong(model, output, undefined);
  if (wrong !== undefined) return {ok: false, fault: garbled(wrong, 200), ms: 0};
  const {outputToken = ''} = model.pages ?? {};
  const {[outputToken]: token, ...kept} = output;
  const more = typeof token === 'string' && token !== '' ? {nextToken: token} : {};
  return {ok: true, output: kept, ms: 0, unmodeled: [], ...more};
}

/** Returns the outcome of a call that ends in an error, as if AWS or the network had. */
export function asRefused({name, message, status}: SentError): CallOutcome {
  if (name === 'GarbledAnswer') return {ok: false, fault: garbled(message, status), ms: 0};
  const metadata = status === undefined ? {} : {httpStatusCode: status};
  return {ok: false, fault: classify({name, code: name, message, $metadata: metadata}), ms: 0};
}
