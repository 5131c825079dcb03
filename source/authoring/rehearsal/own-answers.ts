import type {Json, JsonObject} from '../../data/json.ts';
import type {Rehearsal} from './language.ts';

/** Answers to the questions that Handrail asks before a run: who calls, and which Regions there are. */
export function ownAnswer(
  operation: string,
  input: Json,
  {account, regions}: Rehearsal,
): JsonObject | undefined {
  switch (operation) {
    case 'sts:GetCallerIdentity':
      return {
        Account: account,
        Arn: `arn:aws:sts::${account}:assumed-role/rehearsal/author`,
        UserId: 'AROAREHEARSAL:author',
      };
    case 'account:ListRegions':
      return {Regions: regions.map((RegionName) => ({RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT'}))};
    case 'ssm:GetParametersByPath': {
      const {Path} = input as {Path?: unknown};
      if (typeof Path !== 'string' || !Path.startsWith('/aws/service/global-infrastructure/'))
        return undefined;
      return {
        Parameters: regions.map((region) => ({Name: `${Path}/${region}`, Type: 'String', Value: region})),
      };
    }
    case 'iam:SimulatePrincipalPolicy': {
      const {ActionNames} = input as {ActionNames?: unknown};
      const names = Array.isArray(ActionNames) ? ActionNames.map(String) : [];
      const results = names.map((name) => ({
        EvalActionName: name,
        EvalDecision: 'allowed',
        EvalResourceName: '*',
      }));
      return {EvaluationResults: results, IsTruncated: false};
    }
    default:
      return undefined;
  }
}
