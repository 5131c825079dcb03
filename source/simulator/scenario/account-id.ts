import {z} from 'zod';

export const accountId = z.string().regex(/^[0-9]{12}$/, 'must be 12 digits, in quotation marks');
