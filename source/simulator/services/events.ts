import {z} from 'zod';
import {pageOf} from '../pages.ts';
import {targetJson} from '../protocols/target-json.ts';
import {ServiceError} from '../service-error.ts';
import {pipelineArn} from '../state/pipeline-arn.ts';
import {validate} from '../validate.ts';
import type {Operation, Service} from './service.ts';

const input = z.object({
  TargetArn: z.string().min(1).max(1600),
  EventBusName: z.string().default('default'),
  Limit: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

/** The rules that start a pipeline, as the scenario has them. They outlive the pipeline, as real rules do. */
const listRuleNamesByTarget: Operation = ({account, region, input: asked}) => {
  const {TargetArn, EventBusName, Limit, NextToken} = validate(input, asked, 'ValidationException');
  if (EventBusName !== 'default')
    throw new ServiceError('ResourceNotFoundException', 400, `Event bus ${EventBusName} does not exist.`);
  const {scenario} = account;
  const targets = scenario.pipelines.filter(
    (pipeline) => pipeline.region === region && pipelineArn(scenario, pipeline) === TargetArn,
  );
  const page = pageOf(
    targets.flatMap(({rules}) => rules),
    {
      subject: ['ListRuleNamesByTarget', region, TargetArn],
      key: (name) => name,
      size: Limit,
      token: NextToken,
      invalidToken: () => new ServiceError('ValidationException', 400, 'NextToken is not valid.'),
    },
  );
  return {RuleNames: page.items, NextToken: page.nextToken};
};

/** EventBridge, under the name that its requests are signed for. */
export const events: Service = {
  protocol: targetJson,
  operations: {ListRuleNamesByTarget: listRuleNamesByTarget},
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
