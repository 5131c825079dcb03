import type {AwsPort, CallOutcome, CallRequest} from '../engine/ports.ts';
import type {Json} from '../engine/events.ts';
import {classify, garbled} from './classify.ts';
import type {Connection} from './connection.ts';
import {fromJson, toJson} from './json.ts';
import {looksLikeHtml, rawAnswerMiddleware, unmodelledMembers, type RawAnswer} from './raw-answer.ts';
import {loadService} from './service.ts';

/** The engine's way to AWS: one attempt a call, with the SDK's own retries off. */
export function awsPort(connection: Connection): AwsPort {
  return {call: (request, signal) => attempt(connection, request, signal)};
}

async function attempt(
  connection: Connection,
  request: CallRequest,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const started = performance.now();
  try {
    const outcome = await send(connection, request, signal);
    return {...outcome, ms: performance.now() - started};
  } catch (error) {
    return {ok: false, fault: classify(error), ms: performance.now() - started};
  }
}

type Untimed = Omit<Extract<CallOutcome, {ok: true}>, 'ms'> | Omit<Extract<CallOutcome, {ok: false}>, 'ms'>;

async function send(connection: Connection, request: CallRequest, signal: AbortSignal): Promise<Untimed> {
  const [name = '', operation = ''] = request.operation.split(':');
  const service = await loadService(name);
  const client = await connection.client(name, request.region);
  const input = fromJson(request.input, service.inputSchema(operation)) as object;
  const command = service.createCommand(operation, input) as {
    middlewareStack: {add(middleware: unknown, options: object): void};
  };
  let raw: RawAnswer | undefined;
  const keep = rawAnswerMiddleware((answer) => {
    raw = answer;
  });
  command.middlewareStack.add(keep, {step: 'deserialize', priority: 'high', name: 'handrailRawAnswer'});
  const answer = await client.send(command, {abortSignal: signal});
  if (raw !== undefined && looksLikeHtml(raw))
    return {ok: false, fault: garbled('AWS answered with a web page')};
  return decoded(service.model(operation), answer, raw);
}

function decoded(
  model: ReturnType<Awaited<ReturnType<typeof loadService>>['model']>,
  answer: Record<string, unknown>,
  raw: RawAnswer | undefined,
): Untimed {
  const {requestId} = (answer['$metadata'] ?? {}) as {requestId?: string};
  const members = toJson(answer) as {readonly [member: string]: Json};
  const token = model.pages === undefined ? undefined : members[model.pages.outputToken];
  const kept = Object.entries(members).filter(([member]) => member !== model.pages?.outputToken);
  return {
    ok: true,
    output: Object.fromEntries(kept),
    unmodelled: raw === undefined ? [] : unmodelledMembers(raw, model.output),
    ...(typeof token === 'string' && token !== '' ? {nextToken: token} : {}),
    ...(requestId === undefined ? {} : {requestId}),
  };
}
