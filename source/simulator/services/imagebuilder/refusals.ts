import {ServiceError} from '../../service-error.ts';

export const invalidRequest = 'InvalidRequestException';

export function notFound(arn: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 404, `The resource with ARN '${arn}' was not found.`);
}

export function invalidPageToken(): ServiceError {
  return new ServiceError(
    'InvalidPaginationTokenException',
    400,
    'The provided pagination token is invalid.',
  );
}
