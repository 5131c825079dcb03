import {UnknownOperation} from '../../aws/catalogue/sdk-service.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Json, JsonObject} from '../../data/json.ts';
import {operationsOf} from '../../runbook/actions/actions.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {AnswerChoice} from '../tests/play/answer-choice.ts';
import {defaultAnswer} from './default-answer.ts';
import type {Rehearsal} from './language.ts';
import {ownAnswer} from './own-answers.ts';
import {readRequest, type CameRequest} from '../../aws/wire/read-request.ts';
import {wireService, type WireService} from '../../aws/wire/wire-service.ts';
import {writeAnswer, writeRefusal, type WireAnswer} from '../../aws/wire/write-answer.ts';

/** A request that was understood. */
export interface RehearsedRequest {
  readonly operation: string;
  readonly region?: string;
  readonly input: JsonObject;
}

/** Services that Handrail itself asks before a run. */
const ownServices = ['account', 'iam', 'ssm', 'sts'];

/** HTTP status of most refusals. */
const badRequest = 400;

/** The services of a runbook, which answer by a scenario. */
export class RehearsedAws {
  readonly #services: readonly WireService[];
  readonly #scenario: Rehearsal;
  readonly #choice: AnswerChoice<Rehearsal['answers'][string][number]>;
  /** Operations of Region steps: those of the others are near to every Region. */
  readonly #regional: ReadonlySet<string>;
  /** Every request so far. */
  readonly requests: RehearsedRequest[] = [];

  constructor(services: readonly WireService[], scenario: Rehearsal, regional: ReadonlySet<string>) {
    this.#services = services;
    this.#scenario = scenario;
    this.#choice = new AnswerChoice(new Map(Object.entries(scenario.answers)));
    this.#regional = regional;
  }

  /** Answers a request. `scope`: what it was signed for. Undefined where the connection is to break. */
  answer(
    request: CameRequest,
    scope: {readonly service: string; readonly region: string} | undefined,
  ): WireAnswer | undefined {
    const id = `rehearsal-${this.requests.length + 1}`;
    const found = this.#find(request, scope?.service);
    if (found === undefined) return unknownRequest(request, scope?.service);
    const {wire, operation: name, input} = found;
    const operation = `${wire.service.name}:${name}`;
    const asked = {
      operation,
      input,
      ...(scope === undefined || !this.#regional.has(operation) ? {} : {region: scope.region}),
    };
    const entry = this.#choice.choose(asked, this.requests);
    this.requests.push(asked);
    if (entry?.error !== undefined) {
      if (/^E[A-Z_]+$/.test(entry.error)) return undefined;
      const {error, message = `${error} of the scenario`, status = badRequest} = entry;
      return writeRefusal(wire, {name: error, message, status}, id);
    }
    const given = entry?.answer as JsonObject | undefined;
    const model = wire.service.model(name);
    const answer =
      given ??
      ownAnswer(operation, input as Json, this.#scenario) ??
      defaultAnswer(model, new Date().toISOString());
    return writeAnswer(wire, name, answer, id);
  }

  #find(
    request: CameRequest,
    signedFor: string | undefined,
  ): {readonly wire: WireService; readonly operation: string; readonly input: JsonObject} | undefined {
    for (const wire of this.#services) {
      if (signedFor !== undefined && wire.signingName !== signedFor) continue;
      const read = readRequest(wire, request);
      if (read !== undefined) return {wire, ...read};
    }
    return undefined;
  }
}

/** Loads the services that a runbook calls. Throws UsageError for one that cannot be rehearsed. */
export async function rehearsedAws(runbook: Runbook, scenario: Rehearsal): Promise<RehearsedAws> {
  const named = runbook.steps.flatMap((step) => operationsOf(step).map((name) => name.split(':')[0] ?? ''));
  const services = await Promise.all([...new Set([...named, ...ownServices])].map(loaded));
  const regional = runbook.steps.filter(({scope}) => scope === 'region').flatMap(operationsOf);
  return new RehearsedAws(services, scenario, new Set(regional));
}

async function loaded(name: string): Promise<WireService> {
  try {
    return await wireService(name);
  } catch (error) {
    throw error instanceof UnknownOperation ? new UsageError(error.message) : error;
  }
}

function unknownRequest({method, url}: CameRequest, service = 'no service'): WireAnswer {
  const message = `the rehearsal knows no operation of ${service} at ${method} ${url.pathname}: the runbook does not call it`;
  return {
    status: 404,
    headers: {'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException'},
    body: JSON.stringify({__type: 'UnknownOperationException', message}),
  };
}
