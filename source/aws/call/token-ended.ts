import type {SdkError} from './error-causes.ts';

/** Returns true if a page was refused for its token, by a specific error or in the words of a general one. */
export function isTokenEnded({name = '', message = ''}: SdkError): boolean {
  if (/^(InvalidPaginationToken|InvalidNextToken|ExpiredNextToken|InvalidMarker)/.test(name)) return true;
  return /^(Validation|InvalidInput|InvalidRequest|InvalidParameter)/.test(name) && aboutToken.test(message);
}

const aboutToken = /pagination ?token|next ?token|marker/i;
