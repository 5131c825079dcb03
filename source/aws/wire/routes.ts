import {membersOf} from './members-of.ts';
import type {Service} from '../catalogue/sdk-service.ts';

/** The way to an operation that has a path. */
export interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  /** Names of the members in the path, in order. */
  readonly labels: readonly string[];
  /** What the query has to have. */
  readonly query: ReadonlyMap<string, string>;
  /** Greater for a way that fits fewer requests. */
  readonly weight: number;
}

/** The route of an operation; undefined where it has no path. */
export function routeOf(service: Service, operation: string): Route | undefined {
  const http = service.http(operation);
  if (http === undefined) return undefined;
  const [method, uri] = http;
  const [template = '/', search = ''] = uri.split('?');
  // A client of S3 puts the bucket in front by itself.
  const labelled = membersOf(service.inputSchema(operation))
    .filter(([, member]) => member.getMergedTraits().httpLabel !== undefined)
    .map(([name]) => name);
  const inFront = labelled.filter(
    (name) => !template.includes(`{${name}}`) && !template.includes(`{${name}+}`),
  );
  const whole = `${inFront.map((name) => `/{${name}}`).join('')}${template}`;
  const labels: string[] = [];
  const pattern = whole
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) =>
      segment.replaceAll(/\{([^}+]+)(\+?)\}|[^{}]+/g, (text, name: string | undefined, greedy: string) => {
        if (name === undefined) return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
        labels.push(name);
        return greedy === '+' ? '(.+)' : '([^/]+)';
      }),
    );
  const query = new Map(new URLSearchParams(search));
  const fixed = pattern.filter((segment) => !segment.includes('(')).length;
  return {
    operation,
    method,
    path: new RegExp(`^/${pattern.join('/')}/?$`),
    labels,
    query,
    weight: fixed * 10 + query.size * 100 + pattern.length,
  };
}
