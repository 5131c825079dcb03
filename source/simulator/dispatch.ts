import {randomUUID} from 'node:crypto';
import type {Clock} from './clock.ts';
import {credentialScope, type CredentialScope} from './credential-scope.ts';
import {faultEffect, type FaultEffect} from './fault-answers.ts';
import {faultPicker, type FaultRule} from './faults.ts';
import {refuseEnded} from './organization/refuse-ended.ts';
import type {Protocol, WireAnswer, WireRequest} from './protocols/protocol.ts';
import {restJson} from './protocols/rest-json.ts';
import {ServiceError} from './service-error.ts';
import {services} from './services/catalogue.ts';
import type {Service} from './services/service.ts';
import type {AccountState} from './state/account-state.ts';
import {settleDeletionTasks} from './state/settle-deletion-tasks.ts';
import {tokenBuckets} from './state/token-buckets.ts';
import {refuseUnsigned, type Strictness} from './strictness.ts';
import {surpriser} from './surprises.ts';

/** Record of one request. */
export interface Handled {
  /** Simulated milliseconds since 1970. */
  readonly at: number;
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The error's code, or the fault's name where no answer could carry a code. */
  readonly errorType?: string;
  /** An answer, or an action on the connection instead. */
  readonly outcome: WireAnswer | 'reset' | 'hang';
  /** The answer is cut off there, and the connection stays open. */
  readonly stalls?: boolean;
}

/** Handling of requests beyond the account's state. */
export interface Manners {
  readonly rules: readonly FaultRule[];
  readonly strict?: Strictness;
  /** Returns the server's time (ms since the epoch), against which signatures are checked. */
  readonly serverTime: () => number;
}

/** Answers when a request names no known service. Most clients can read its errors. */
const nobody: Protocol = restJson({});

/** Makes the function that handles an account's requests one after the other. It never throws. */
export function dispatcher(
  account: AccountState,
  now: Clock,
  {rules, strict, serverTime}: Manners,
): (request: WireRequest) => Handled {
  const pickFault = faultPicker(rules);
  const surprise = surpriser(account);
  const {allowed} = account.scenario;
  const take = allowed === undefined ? () => true : tokenBuckets(allowed);

  const refuseKeys = (scope: CredentialScope, service: Service, request: WireRequest): void => {
    if (strict !== undefined) refuseUnsigned(strict, account, service, scope, request, serverTime());
  };

  return (request) => {
    const at = now();
    settleDeletionTasks(account, at);
    const requestId = randomUUID();
    const scope = credentialScope(request.headers.authorization);
    const name = scope?.service ?? unsignedService(request) ?? '';
    const service = services.get(name);
    const protocol = service?.protocol ?? nobody;
    const seen = {
      at,
      service: name,
      region: scope?.region ?? '',
      operation: protocol.operationOf(request),
    };
    const {caller: owner} = account.scenario.account;
    const caller = account.sessions.get(scope?.accessKeyId ?? '')?.caller ?? owner;
    let input: Record<string, unknown> = {};

    const refused = (error: ServiceError): Handled => ({
      ...seen,
      input,
      errorType: error.code,
      outcome: protocol.refuse(error, requestId),
    });
    const perform = (known: Service, lists?: AlteredLists): WireAnswer => {
      // A name such as `constructor` is found on every object, but it is no operation.
      const operation = Object.hasOwn(known.operations, seen.operation)
        ? known.operations[seen.operation]
        : undefined;
      if (operation === undefined) throw protocol.unknownOperation(seen.operation);
      const decoded = protocol.inputOf(request);
      input = withoutSecrets(known, decoded);
      if (scope !== undefined) refuseUnknownRegion(account, known, seen.region);
      surprise(`${seen.service}:${seen.operation}`, at);
      const output = operation({account, region: seen.region, input: decoded, now: at, requestId, caller});
      return protocol.answer(
        seen.operation,
        lists === undefined ? output : withLists(output, lists),
        requestId,
      );
    };

    try {
      if (scope === undefined && service === undefined) {
        throw new ServiceError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token');
      }
      if (service === undefined) throw nobody.unknownOperation(`${name}:${seen.operation}`);
      if (scope !== undefined) {
        refuseKeys(scope, service, request);
        refuseEnded(account, service, scope.accessKeyId, at);
      }
      const bucket = `${name}:${seen.operation} ${seen.region}`;
      const fault = pickFault(seen) ?? (take(bucket, at) ? undefined : 'throttle');
      if (fault === undefined) {
        const outcome = perform(service);
        return {...seen, input, outcome};
      }
      input = withoutSecrets(service, protocol.inputOf(request));
      const sessionToken = String(request.headers['x-amz-security-token'] ?? '');
      const effect = faultEffect(fault, service, {...seen, caller, sessionToken});
      if (effect.kind === 'refuse') return refused(effect.error);
      return {...seen, input, errorType: fault, ...spoiled(effect, (lists) => perform(service, lists))};
    } catch (error) {
      return refused(error instanceof ServiceError ? error : unexpected(error));
    }
  };
}

/** Returns the outcome of a request that a fault spoils. `perform` carries it out all the same. */
function spoiled(
  effect: Exclude<FaultEffect, {kind: 'refuse'}>,
  perform: (lists?: AlteredLists) => WireAnswer,
): Pick<Handled, 'outcome' | 'stalls'> {
  switch (effect.kind) {
    case 'alter':
      return {outcome: perform(effect.lists)};
    case 'stall':
      return {outcome: effect.answer, stalls: true};
    case 'answer':
      return {outcome: effect.answer};
    case 'reset':
      if (effect.performed) ignoringRefusal(() => perform());
      return {outcome: 'reset'};
    case 'hang':
      return {outcome: 'hang'};
  }
}

/** The service that takes a request without a signature, if one does. */
function unsignedService(request: WireRequest): string | undefined {
  const taking = [...services].find(
    ([, {unsigned, protocol}]) => unsigned?.includes(protocol.operationOf(request)) === true,
  );
  return taking?.[0];
}

function withoutSecrets(
  {secretMembers = []}: Service,
  input: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([member]) => !secretMembers.includes(member)));
}

type AlteredLists = Extract<FaultEffect, {kind: 'alter'}>['lists'];

/** An output whose lists are missing, null or text. */
function withLists(output: object, lists: AlteredLists): object {
  return Object.fromEntries(
    Object.entries(output).flatMap(([name, value]) => {
      if (!Array.isArray(value)) return [[name, value]];
      if (lists === 'missing') return [];
      return [[name, lists === 'null' ? null : 'none']];
    }),
  );
}

/** A Region that the account has not enabled answers as AWS does: the credentials are not known there. */
function refuseUnknownRegion(account: AccountState, service: Service, region: string): void {
  if (!service.regional) return;
  const status = account.regions.get(region)?.optStatus;
  if (status !== undefined && status !== 'DISABLED') return;
  throw new ServiceError(
    service.errors.unrecognizedClient,
    403,
    'The security token included in the request is invalid.',
  );
}

/** Set if the service acted or refused without telling the caller. */
function ignoringRefusal(perform: () => void): void {
  try {
    perform();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

function unexpected(error: unknown): ServiceError {
  const what = error instanceof Error ? error.message : String(error);
  return new ServiceError('InternalFailure', 500, `The simulator failed: ${what}`);
}
