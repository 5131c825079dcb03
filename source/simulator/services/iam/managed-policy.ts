import {z} from 'zod';
import {ServiceError} from '../../service-error.ts';
import {validate} from '../../validate.ts';
import type {Operation} from '../service.ts';

/** The AWS managed policy of the role. It exists whether or not the role does. */
export const policyName = 'AWSServiceRoleForImageBuilder';
const policyPath = '/aws-service-role/';
export const policyArn = `arn:aws:iam::aws:policy${policyPath}${policyName}`;
const policyVersion = 'v1';
const policyDate = '2019-11-29T22:02:13Z';

/** The actions that the Image Builder guide of 2021 lists for the role. */
const allowedActions = [
  'ec2:CancelExportTask',
  'ec2:CopyImage',
  'ec2:CreateImage',
  'ec2:CreateLaunchTemplate',
  'ec2:CreateTags',
  'ec2:DeleteLaunchTemplate',
  'ec2:DeregisterImage',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeSubnets',
  'ec2:DescribeTags',
  'ec2:ModifyImageAttribute',
  'ec2:RunInstances',
  'ec2:StopInstances',
  'ec2:TerminateInstances',
  'iam:CreateServiceLinkedRole',
  'license-manager:UpdateLicenseSpecificationsForResource',
  'ssm:AddTagsToResource',
  'ssm:DescribeInstanceInformation',
  'ssm:GetAutomationExecution',
  'ssm:SendCommand',
  'ssm:StartAutomationExecution',
  'ssm:StopAutomationExecution',
  'sns:Publish',
];

const getPolicyInput = z.object({PolicyArn: z.string().min(20).max(2048)});

export const getPolicy: Operation = (call) => {
  const {PolicyArn} = validate(getPolicyInput, call.input, 'ValidationError');
  refuseOther(PolicyArn);
  return {
    Policy: {
      PolicyName: policyName,
      PolicyId: 'ANPAIEXAMPLEIMAGEBUILDER',
      Arn: policyArn,
      Path: policyPath,
      DefaultVersionId: policyVersion,
      AttachmentCount: call.account.role === undefined ? 0 : 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: policyDate,
      UpdateDate: policyDate,
    },
  };
};

const getVersionInput = getPolicyInput.extend({
  VersionId: z.string().regex(/^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/),
});

export const getPolicyVersion: Operation = (call) => {
  const {PolicyArn, VersionId} = validate(getVersionInput, call.input, 'ValidationError');
  refuseOther(PolicyArn);
  if (VersionId !== policyVersion) {
    throw new ServiceError('NoSuchEntity', 404, `Policy ${PolicyArn} version ${VersionId} does not exist.`);
  }
  const document = {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Action: allowedActions, Resource: '*'}],
  };
  return {
    PolicyVersion: {
      Document: encodeURIComponent(JSON.stringify(document)),
      VersionId,
      IsDefaultVersion: true,
      CreateDate: policyDate,
    },
  };
};

function refuseOther(arn: string): void {
  if (arn !== policyArn)
    throw new ServiceError('NoSuchEntity', 404, `Policy ${arn} does not exist or is not attachable.`);
}
