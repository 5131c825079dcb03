import {z} from 'zod';
import {pageOf} from '../pages.ts';
import {restJson} from '../protocols/rest-json.ts';
import {ServiceError} from '../service-error.ts';
import {validate} from '../validate.ts';
import type {Operation, Service} from './service.ts';

const input = z.object({
  AccountId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  MaxResults: z.int().min(1).max(50).default(50),
  NextToken: z.string().min(1).max(1000).optional(),
  RegionOptStatusContains: z
    .array(z.enum(['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING', 'DISABLING', 'DISABLED']))
    .optional(),
});

const listRegions: Operation = (call) => {
  const {
    MaxResults,
    NextToken,
    RegionOptStatusContains: wanted,
  } = validate(input, call.input, 'ValidationException');
  const regions = [...call.account.regions]
    .filter(([, region]) => wanted?.includes(region.optStatus) ?? true)
    .map(([name, region]) => ({RegionName: name, RegionOptStatus: region.optStatus}));
  const page = pageOf(regions, {
    subject: ['ListRegions', wanted],
    key: (region) => region.RegionName,
    size: MaxResults,
    token: NextToken,
    invalidToken: () => new ServiceError('ValidationException', 400, 'The NextToken is not valid.'),
  });
  return {Regions: page.items, NextToken: page.nextToken};
};

export const account: Service = {
  protocol: restJson({ListRegions: 'POST /listRegions'}),
  operations: {ListRegions: listRegions},
  errors: {
    throttle: ['TooManyRequestsException', 429],
    serviceUnavailable: ['ServiceUnavailableException', 503],
    internalError: ['InternalServerException', 500],
    accessDenied: 'AccessDeniedException',
    expiredToken: 'ExpiredTokenException',
    unrecognizedClient: 'UnrecognizedClientException',
    clockSkew: 'InvalidSignatureException',
  },
  regional: false,
};
