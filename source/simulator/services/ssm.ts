import {z} from 'zod';
import {pageOf} from '../pages.ts';
import {targetJson} from '../protocols/target-json.ts';
import {ServiceError} from '../service-error.ts';
import {validate} from '../validate.ts';
import type {Operation, Service} from './service.ts';

const regionsPath = '/aws/service/global-infrastructure/services/imagebuilder/regions';

/** Regions of other partitions, which the real parameters list beside the commercial ones. */
const otherPartitions = ['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1'];

const input = z.object({
  Path: z.string().min(1).max(2048),
  MaxResults: z.int().min(1).max(10).default(10),
  NextToken: z.string().optional(),
});

/** The public parameters that name Image Builder's Regions, in pages of at most 10. Other paths hold nothing. */
const getParametersByPath: Operation = (call) => {
  const {Path, MaxResults, NextToken} = validate(input, call.input, 'ValidationException');
  const names =
    Path.replace(/\/$/, '') === regionsPath ? [...call.account.regions.keys(), ...otherPartitions] : [];
  const page = pageOf(names, {
    subject: ['GetParametersByPath', Path],
    key: (name) => name,
    size: MaxResults,
    token: NextToken,
    invalidToken: () => new ServiceError('InvalidNextToken', 400, 'The specified token is not valid.'),
  });
  return {
    Parameters: page.items.map((name) => ({
      ARN: `arn:aws:ssm:${call.region}::parameter${regionsPath}/${name}`,
      DataType: 'text',
      // The JSON protocol writes a date as seconds since 1970.
      LastModifiedDate: 1_575_000_000,
      Name: `${regionsPath}/${name}`,
      Type: 'String',
      Value: name,
      Version: 1,
    })),
    NextToken: page.nextToken,
  };
};

export const ssm: Service = {
  protocol: targetJson,
  operations: {GetParametersByPath: getParametersByPath},
  errors: {
    throttle: ['ThrottlingException', 400],
    serviceUnavailable: ['ServiceUnavailableException', 503],
    internalError: ['InternalServerError', 500],
    accessDenied: 'AccessDeniedException',
    expiredToken: 'ExpiredTokenException',
    unrecognizedClient: 'UnrecognizedClientException',
    clockSkew: 'InvalidSignatureException',
  },
  regional: true,
};
