import type {Json} from '../../data/json.ts';
import type {AwsPort, CallOutcome, CallRequest} from '../../engine/model/ports.ts';
import type {Fault} from '../../engine/model/fault.ts';
import {log} from '../../log/log.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import {whatIsWrong} from './check-response.ts';
import {classify, garbled} from './classify-error.ts';
import {checkedAtSocket} from '../connection/checked-agents.ts';
import type {Connection} from '../connection/connection.ts';
import {fewInATurn} from './few-in-a-turn.ts';
import {fromJson, toJson} from './sdk-json.ts';
import {looksLikeHtml, unmodeledMembers, type RawAnswer} from './raw-response.ts';
import {isUnknownKey, notKnown, RegionStatus} from './explain-unknown-key.ts';
import {loadService} from '../catalogue/sdk-service.ts';

/** Requests: each takes a millisecond or two to be made and signed. */
const mayBeSent = fewInATurn(6);

/** Answers: a page of a hundred takes some milliseconds to be parsed and taken in. */
const mayBeRead = fewInATurn(1);

/** The same of accounts that share the way: several answers of one account are one turn of its run, and one write. */
const mayBeReadTogether = fewInATurn(5);

/** The engine's way to AWS: one attempt a call, with the SDK's own retries off. */
export function awsPort(connection: Connection): Pick<AwsPort, 'call'> {
  return portOf(connection, (request, signal, seen) => send(connection, request, signal, seen));
}

/**
 * The way to AWS before a run, which asks who is calling. Where STS has named the session when it gave its keys, as it
 * does for a role, it is not asked for that again.
 */
export function identityPort(connection: Connection): Pick<AwsPort, 'call'> {
  return portOf(connection, async (request, signal, seen) => {
    const keys = request.operation === 'sts:GetCallerIdentity' ? await connection.keys() : undefined;
    if (keys?.session === undefined) return send(connection, request, signal, seen);
    const {account, arn, id} = keys.session;
    return {ok: true, output: {Account: account, Arn: arn, UserId: id}, unmodeled: []};
  });
}

type Send = (request: CallRequest, signal: AbortSignal, seen: (raw: RawAnswer) => void) => Promise<Untimed>;

function portOf(connection: Connection, sends: Send): Pick<AwsPort, 'call'> {
  const plain = {
    call: (request: CallRequest, signal: AbortSignal) => attempt(connection, sends, request, signal),
  };
  const regionStatus = new RegionStatus();
  return {
    call: async (request, signal) => {
      const outcome = await plain.call(request, signal);
      if (outcome.ok) return outcome;
      if (!isUnknownKey(outcome.fault)) {
        return {...outcome, fault: renewableOrNot(outcome.fault, connection)};
      }
      const {region} = request;
      const fault =
        region === undefined
          ? notKnown(outcome.fault)
          : await regionStatus.explain(plain, region, outcome.fault, signal);
      return {...outcome, fault: renewableOrNot(fault, connection)};
    },
  };
}

/** Keys of the environment are this process's own: to sign in elsewhere changes nothing here. */
function renewableOrNot(fault: Fault, {keysCannotChange}: Connection): Fault {
  if (fault.kind !== 'credentials' || !keysCannotChange) return fault;
  const remedy = 'the keys are those of the environment: export new ones, then handrail resume';
  return {...fault, remedy, renewable: false};
}

async function attempt(
  connection: Connection,
  sends: Send,
  request: CallRequest,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const started = performance.now();
  const number = (sent += 1);
  const {operation, region} = request;
  log('request', {number, operation, region});
  let raw: RawAnswer | undefined;
  const outcome = await sends(request, signal, (answer) => {
    raw = answer;
  }).catch(async (error: unknown): Promise<Untimed> => {
    const page = raw !== undefined && raw.status !== 407 && looksLikeHtml(raw);
    const profile = await connection.profile().catch(() => undefined);
    return {ok: false, fault: page ? webPage(raw) : classify(error, raw, profile)};
  });
  const ms = performance.now() - started;
  const {status} = raw ?? {};
  if (outcome.ok) log('answer', {number, operation, region, ms, status, requestId: outcome.requestId});
  else {
    const {kind, name, requestId} = outcome.fault;
    log('no success', {number, operation, region, ms, status, kind, name, requestId});
  }
  return {...outcome, ms};
}

/** Requests so far, for the log: it has the number of each in its two lines. */
let sent = 0;

function webPage(raw: RawAnswer | undefined): Fault {
  return garbled(`a web page came with status ${raw?.status ?? 0}, where AWS sends data`, raw?.status);
}

type Untimed = Omit<Extract<CallOutcome, {ok: true}>, 'ms'> | Omit<Extract<CallOutcome, {ok: false}>, 'ms'>;

async function send(
  connection: Connection,
  request: CallRequest,
  signal: AbortSignal,
  seen: (raw: RawAnswer) => void,
): Promise<Untimed> {
  const [name = '', operation = ''] = request.operation.split(':');
  const service = await loadService(name);
  const client = await connection.client(name, request.region);
  const input = fromJson(request.input, service.inputSchema(operation)) as object;
  const command = service.createCommand(operation, input);
  let raw: RawAnswer | undefined;
  const keep = async (answer: RawAnswer): Promise<void> => {
    raw = answer;
    seen(answer);
    await (connection.isOneOfMany ? mayBeReadTogether() : mayBeRead());
  };
  // Before the clock starts to run: an operator who is asked for an MFA code takes as long as it takes.
  await connection.keys();
  await mayBeSent();
  const answer = await inTime(connection.answerTimeoutMs, signal, (abortSignal) =>
    checkedAtSocket(
      () => connection.beforeSending(),
      () => client.call(command, {abortSignal, seen: keep}),
    ),
  );
  if (raw !== undefined && looksLikeHtml(raw)) return {ok: false, fault: webPage(raw)};
  return decoded(service.model(operation), answer, raw, request.exact === true);
}

/** The handler's own limit ends with the first byte of an answer; this one also covers a body that never ends. */
async function inTime<T>(
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // Not `AbortSignal.any`: what that keeps in the run's signal is only forgotten when garbage is collected.
  const over = new AbortController();
  const abort = (): void => over.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = !signal.aborted;
    over.abort();
  }, limitMs);
  try {
    return await work(over.signal);
  } catch (error) {
    if (!isLate) throw error;
    throw Object.assign(new Error(`no whole answer within ${limitMs} ms`), {name: 'TimeoutError'});
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function decoded(
  model: OperationModel,
  answer: Record<string, unknown>,
  raw: RawAnswer | undefined,
  exact: boolean,
): Untimed {
  const {requestId} = (answer['$metadata'] ?? {}) as {requestId?: string};
  const members = toJson(answer) as {readonly [member: string]: Json};
  const wrong = whatIsWrong(model, members, raw);
  if (wrong !== undefined) return {ok: false, fault: garbled(wrong, raw?.status)};
  const token = model.pages === undefined ? undefined : members[model.pages.outputToken];
  const kept = Object.entries(members).filter(([member]) => member !== model.pages?.outputToken);
  return {
    ok: true,
    output: Object.fromEntries(kept),
    unmodeled: raw === undefined || !exact ? [] : unmodeledMembers(raw, model.output),
    ...(typeof token === 'string' && token !== '' ? {nextToken: token} : {}),
    ...(requestId === undefined ? {} : {requestId}),
  };
}
