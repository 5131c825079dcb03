import {z} from 'zod';
import {ServiceError} from '../../service-error.ts';

/** The members that IAM's lists have in common. The query protocol sends numbers as text. */
export const listInput = {
  MaxItems: z.coerce.number().pipe(z.int().min(1).max(1000)).default(100),
  Marker: z.string().min(1).optional(),
};

export function invalidMarker(): ServiceError {
  return new ServiceError('ValidationError', 400, 'Invalid Marker.');
}
