import {z} from 'zod';
import {pageOf, type Page} from '../pages.ts';
import {targetJson} from '../protocols/target-json.ts';
import {ServiceError} from '../service-error.ts';
import {pipelineArn} from '../state/pipeline-arn.ts';
import {validate} from '../validate.ts';
import type {Operation, Service} from './service.ts';

const page = {
  EventBusName: z.string().default('default'),
  Limit: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
};
const ruleName = z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/);
const inputs = {
  ListRuleNamesByTarget: z.object({TargetArn: z.string().min(1).max(1600), ...page}),
  ListRules: z.object({NamePrefix: ruleName.optional(), ...page}),
  ListTargetsByRule: z.object({Rule: ruleName, ...page}),
};

/** The rules that start a pipeline, as the scenario has them. They outlive the pipeline, as real rules do. */
const listRuleNamesByTarget: Operation = ({account, region, input}) => {
  const asked = validate(inputs.ListRuleNamesByTarget, input, 'ValidationException');
  onDefaultBus(asked);
  const rules = targetsIn(account, region).filter(({arn}) => arn === asked.TargetArn);
  const names = rules.map(({rule}) => rule);
  const {items, nextToken} = listed(names, ['ListRuleNamesByTarget', region, asked.TargetArn], asked);
  return {RuleNames: items, NextToken: nextToken};
};

/** Every rule of a Region, in pages. */
const listRules: Operation = ({account, region, input}) => {
  const asked = validate(inputs.ListRules, input, 'ValidationException');
  onDefaultBus(asked);
  const {NamePrefix = ''} = asked;
  const names = targetsIn(account, region).map(({rule}) => rule);
  const {items, nextToken} = listed(
    [...new Set(names)].filter((name) => name.startsWith(NamePrefix)),
    ['ListRules', region, NamePrefix],
    asked,
  );
  const rules = items.map((Name) => ({
    Name,
    Arn: `arn:aws:events:${region}:${account.scenario.account.id}:rule/${Name}`,
    EventBusName: 'default',
    ScheduleExpression: 'rate(7 days)',
    State: 'ENABLED',
  }));
  return {Rules: rules, NextToken: nextToken};
};

/** The pipelines that a rule starts, in pages. */
const listTargetsByRule: Operation = ({account, region, input}) => {
  const asked = validate(inputs.ListTargetsByRule, input, 'ValidationException');
  onDefaultBus(asked);
  const arns = targetsIn(account, region).flatMap(({rule, arn}) => (rule === asked.Rule ? [arn] : []));
  if (arns.length === 0)
    throw new ServiceError('ResourceNotFoundException', 400, `Rule ${asked.Rule} does not exist.`);
  const {items, nextToken} = listed(arns, ['ListTargetsByRule', region, asked.Rule], asked);
  const RoleArn = `arn:aws:iam::${account.scenario.account.id}:role/starts-pipelines`;
  const targets = items.map((Arn) => ({Id: Arn.split('/').at(-1) ?? '', Arn, RoleArn}));
  return {Targets: targets, NextToken: nextToken};
};

/** Each rule of a Region with each pipeline that it starts. */
function targetsIn(
  {scenario}: Parameters<Operation>[0]['account'],
  region: string,
): readonly {readonly rule: string; readonly arn: string}[] {
  return scenario.pipelines
    .filter((pipeline) => pipeline.region === region)
    .flatMap((pipeline) => pipeline.rules.map((rule) => ({rule, arn: pipelineArn(scenario, pipeline)})));
}

function onDefaultBus({EventBusName}: {readonly EventBusName: string}): void {
  if (EventBusName !== 'default')
    throw new ServiceError('ResourceNotFoundException', 400, `Event bus ${EventBusName} does not exist.`);
}

function listed(
  names: readonly string[],
  subject: unknown,
  {Limit, NextToken}: {readonly Limit: number; readonly NextToken?: string | undefined},
): Page<string> {
  return pageOf(names, {
    subject,
    key: (name) => name,
    size: Limit,
    token: NextToken,
    invalidToken: () => new ServiceError('ValidationException', 400, 'NextToken is not valid.'),
  });
}

/** EventBridge, under the name that its requests are signed for. */
export const events: Service = {
  protocol: targetJson,
  operations: {
    ListRuleNamesByTarget: listRuleNamesByTarget,
    ListRules: listRules,
    ListTargetsByRule: listTargetsByRule,
  },
  errors: {
    throttle: ['ThrottlingException', 400],
    serviceUnavailable: ['ServiceUnavailableException', 503],
    internalError: ['InternalException', 500],
    accessDenied: 'AccessDeniedException',
    expiredToken: 'ExpiredTokenException',
    unrecognizedClient: 'UnrecognizedClientException',
    clockSkew: 'InvalidSignatureException',
  },
  regional: true,
};
