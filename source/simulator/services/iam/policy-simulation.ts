import {z} from 'zod';
import {pageOf} from '../../pages.ts';
import {ServiceError} from '../../service-error.ts';
import {validate} from '../../validate.ts';
import type {Operation} from '../service.ts';
import {invalidMarker, listInput} from './markers.ts';

const input = z.object({
  ...listInput,
  PolicySourceArn: z.string().min(20).max(2048),
  ActionNames: z.array(z.string().min(3).max(128)).min(1),
  ResourceArns: z.array(z.string().min(1)).default(['*']),
});

/** Allows every action but those that the scenario's caller is denied. */
export const simulatePrincipalPolicy: Operation = (call) => {
  const {PolicySourceArn, ActionNames, ResourceArns, MaxItems, Marker} = validate(
    input,
    call.input,
    'ValidationError',
  );
  // IAM wants the role behind a session, not the session's own ARN.
  if (!/^arn:aws[^:]*:iam::[0-9]{12}:(user|group|role)\//.test(PolicySourceArn)) {
    throw new ServiceError(
      'InvalidInput',
      400,
      `Invalid Entity Arn: ${PolicySourceArn} does not clearly define entity type and name.`,
    );
  }
  const denied = new Set(call.account.scenario.account.deniedActions);
  const results = ActionNames.flatMap((action) =>
    ResourceArns.map((resource) => ({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: denied.has(action) ? 'implicitDeny' : 'allowed',
      MatchedStatements: [],
      MissingContextValues: [],
    })),
  );
  const page = pageOf(results, {
    subject: ['SimulatePrincipalPolicy', PolicySourceArn, ActionNames, ResourceArns],
    key: (result) => `${result.EvalActionName} ${result.EvalResourceName}`,
    size: MaxItems,
    token: Marker,
    invalidToken: invalidMarker,
  });
  return {EvaluationResults: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken};
};
