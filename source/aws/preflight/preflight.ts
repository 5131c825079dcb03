import type {Json} from '../../data/json.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {listAll} from '../call/list-all.ts';
import type {Permissions} from './permissions.ts';

type Answer = {readonly output: Json} | {readonly fault: Fault};
type Asks = Pick<AwsPort, 'call'>;

/**
 * Asks IAM which of a runbook's actions the caller lacks. Returns notes for the operator; none when all are
 * allowed. It never stops a run. IAM simulates without the resources that a policy may name, so the result can
 * be wrong in both directions.
 */
export async function preflight(
  aws: Asks,
  identity: Identity,
  permissions: Permissions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const questions = questionsFor(identity, permissions);
  if (questions.length === 0) return [];
  const source = principalOf(identity.arn);
  if (source === undefined) return [`preflight skipped: IAM cannot simulate the policies of ${identity.arn}`];
  const answers = await Promise.all(questions.map((question) => simulated(aws, source, question, signal)));
  const fault = answers.find((answer) => 'fault' in answer)?.fault;
  if (fault !== undefined) return [`preflight skipped: ${fault.name}: ${fault.message}`];
  const lacking = answers.flatMap((answer) => ('output' in answer ? deniedIn(answer.output) : [])).sort();
  if (lacking.length === 0) return [];
  return [
    `preflight: by IAM's simulation the caller lacks ${lacking.join(', ')}; handrail permissions prints a policy`,
  ];
}

/** The user, or the role behind a session: IAM simulates no session's ARN. Root and federated users have no policies. */
export function principalOf(arn: string): string | undefined {
  if (/^arn:[^:]+:iam::\d{12}:(user|role)\//.test(arn)) return arn;
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  return session === null ? undefined : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
}

function textContext(name: string, values: readonly string[]): Json {
  return {ContextKeyName: name, ContextKeyValues: values, ContextKeyType: 'string'};
}

type Question = {readonly [member: string]: Json};

/** Returns the questions for IAM. Actions that policies limit to kinds of roles are asked with such a role. */
function questionsFor({account, partition}: Identity, permissions: Permissions): readonly Question[] {
  const {steps, serviceLinked, passesRoleTo} = permissions;
  const role = `arn:${partition}:iam::${account}:role`;
  const questions: Question[] = [];
  if (steps.length > 0) questions.push({ActionNames: steps});
  const {creates, deletes, services: [service = 'service.amazonaws.com'] = [], roles = []} = serviceLinked;
  const path = `${role}/aws-service-role/${service}`;
  if (creates.length > 0) {
    questions.push({
      ActionNames: creates,
      ResourceArns: [`${path}/${roles[0] ?? 'AnyServiceRole'}`],
      ContextEntries: [textContext('iam:AWSServiceName', [service])],
    });
  }
  if (deletes.length > 0) {
    questions.push({ActionNames: deletes, ResourceArns: [`${path}/${roles[0] ?? 'AnyServiceRole'}`]});
  }
  if (passesRoleTo.length > 0) {
    // Policies often allow PassRole for named services only: without the service, the simulation would say no.
    questions.push({
      ActionNames: ['iam:PassRole'],
      ResourceArns: [`${role}/any-role`],
      ContextEntries: [textContext('iam:PassedToService', passesRoleTo)],
    });
  }
  return questions;
}

async function simulated(
  aws: Asks,
  source: string,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const request = (principal: string): Promise<Answer> =>
    listAll(
      aws,
      {
        operation: 'iam:SimulatePrincipalPolicy',
        input: {PolicySourceArn: principal, ...question},
      },
      signal,
    );
  const answer = await request(source);
  if (!('fault' in answer) || answer.fault.kind !== 'not-found') return answer;
  // A session's ARN does not tell its role's path, such as that of IAM Identity Center's roles: IAM does.
  const name = source.split('/').at(-1) ?? '';
  const role = await listAll(aws, {operation: 'iam:GetRole', input: {RoleName: name}}, signal);
  const found = 'output' in role ? roleArn(role.output) : undefined;
  return found === undefined ? answer : request(found);
}

function deniedIn(output: Json): readonly string[] {
  const {EvaluationResults: results} = output as {readonly [member: string]: Json};
  if (!Array.isArray(results)) return [];
  const denied = results.flatMap((result: Json) => {
    const {EvalActionName: action, EvalDecision: decision} = result as {readonly [member: string]: Json};
    return decision === 'allowed' || typeof action !== 'string' ? [] : [action];
  });
  return [...new Set(denied)].sort();
}

function roleArn(output: Json): string | undefined {
  const {Role: role} = output as {readonly [member: string]: {readonly Arn?: Json}};
  return typeof role?.Arn === 'string' ? role.Arn : undefined;
}
