import {z} from 'zod';
import {pageOf} from '../../pages.ts';
import {ServiceError} from '../../service-error.ts';
import type {Call} from '../service.ts';
import {invalidPageToken, invalidRequest} from './refusals.ts';

/** The members that Image Builder's lists have in common. */
export const listInput = {
  maxResults: z.int().min(1).max(25).default(25),
  nextToken: z.string().min(1).max(65_535).optional(),
};

export const filtersInput = z
  .array(
    z.object({
      name: z.string().regex(/^[a-zA-Z]{1,1024}$/),
      values: z
        .array(z.string().regex(/^[0-9a-zA-Z./_ :,{}"-]{1,1024}$/))
        .min(1)
        .max(10),
    }),
  )
  .min(1)
  .max(10)
  .optional();

type Filters = z.infer<typeof filtersInput>;

/** Keeps the items of which every filter matches one value. The names allowed are the keys of `fields`. */
export function filtered<Item>(
  items: readonly Item[],
  filters: Filters,
  fields: Readonly<Record<string, (item: Item) => string | undefined>>,
): Item[] {
  for (const {name} of filters ?? []) {
    if (Object.hasOwn(fields, name)) continue;
    throw new ServiceError(
      invalidRequest,
      400,
      `The filter name '${name}' is not supported. Supported: ${Object.keys(fields).join(', ')}.`,
    );
  }
  return items.filter((item) =>
    (filters ?? []).every(({name, values}) => values.includes(fields[name]?.(item) ?? '')),
  );
}

/** One page of a list, sorted by key, with the token of the next. */
export function imageBuilderPage<Item>(
  call: Call,
  operation: string,
  items: readonly Item[],
  key: (item: Item) => string,
  {maxResults, nextToken}: {maxResults: number; nextToken?: string | undefined},
): {items: readonly Item[]; nextToken: string | undefined} {
  const {nextToken: _token, maxResults: _size, ...rest} = call.input;
  return pageOf(items, {
    subject: [operation, call.region, rest],
    key,
    size: maxResults,
    token: nextToken,
    invalidToken: invalidPageToken,
  });
}
