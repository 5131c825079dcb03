import {ExpressionError} from '../../expression/parse.ts';
import {partsOf} from '../../expression/template.ts';
import type {Path} from '../../load/source-positions.ts';
import type {Step} from '../../language/schema.ts';

/** What an expression has to give where it stands. */
export type Wanted = 'boolean' | 'list' | 'number' | 'object' | 'anything';

/** What `@` and bare names are at a place. */
type RootKind = 'run' | 'answer' | 'read' | 'output';

/** One expression of a runbook, with its place. */
export interface Site {
  /** Path of the text that it stands in. */
  readonly path: Path;
  readonly source: string;
  /** Where it begins in that text. */
  readonly offset: number;
  readonly root: RootKind;
  /** Whether `item` is the one being worked on there. */
  readonly hasItem: boolean;
  readonly wanted: Wanted;
  /** Whether it stands in an `undo`, which works from the journal alone. */
  readonly inUndo: boolean;
}

type Kind = Pick<Site, 'root' | 'hasItem' | 'wanted' | 'inUndo'>;

const inRun: Kind = {root: 'run', hasItem: false, wanted: 'anything', inUndo: false};
const forItem: Kind = {...inRun, hasItem: true};
const seconds: Kind = {...inRun, wanted: 'number'};
const ofAnswer: Kind = {...forItem, root: 'answer'};

/** Every expression of a step, by the part of the step that it stands in. */
export function sitesOf(step: Step, base: Path): readonly Site[] {
  const at = (path: Path, kind: Kind): readonly Site[] => sitesIn(step, path, base, kind);
  return [
    ...at(['when'], {...inRun, wanted: 'boolean'}),
    ...at(['forEach'], {...inRun, wanted: 'list'}),
    ...at(['timeoutSeconds'], seconds),
    ...at(['with'], forItem),
    ...at(['output'], ofAnswer),
    ...at(['summary'], {...inRun, root: 'output'}),
    ...at(['inUse'], {...inRun, root: 'output', wanted: 'list'}),
    ...at(['undo', 'with'], {...forItem, inUndo: true}),
    ...at(['update', 'with'], forItem),
    ...at(['update', 'resource'], {...ofAnswer, root: 'read', wanted: 'object'}),
    ...at(['update', 'set'], forItem),
    ...at(['update', 'expect'], {...forItem, wanted: 'object'}),
    ...at(['waitUntil', 'with'], forItem),
    ...at(['waitUntil', 'minDelay'], {...seconds, hasItem: true}),
    ...at(['waitUntil', 'maxDelay'], {...seconds, hasItem: true}),
    ...at(['waitUntil', 'maxWaitTime'], seconds),
    ...at(['waitUntil', 'failure'], ofAnswer),
    ...matcherSites(step, base),
    ...at(['assert', 'that'], {...inRun, wanted: 'boolean'}),
    ...at(['assert', 'message'], inRun),
    ...at(['confirm'], inRun),
    ...(step.retry ?? []).flatMap((_, index) => [
      ...at(['retry', index, 'intervalSeconds'], seconds),
      ...at(['retry', index, 'maxDelaySeconds'], seconds),
    ]),
    ...(step.catch ?? []).flatMap((_, index) => [
      ...at(['catch', index, 'waitSeconds'], seconds),
      ...at(['catch', index, 'message'], inRun),
    ]),
  ];
}

/** The expressions in anything at a path; none where there is nothing. A text that cannot be cut is left out. */
export function sitesIn(value: unknown, path: Path, base: Path, kind: Kind): readonly Site[] {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return [];
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return collect(found, [...base, ...path], kind);
}

function collect(value: unknown, path: Path, kind: Kind): readonly Site[] {
  if (typeof value === 'string') return inText(value, path, kind);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    collect(member, [...path, Array.isArray(value) ? Number(key) : key], kind),
  );
}

function inText(value: string, path: Path, kind: Kind): readonly Site[] {
  try {
    const parts = partsOf(value);
    return parts.flatMap((part) =>
      'text' in part ? [] : [{...kind, path, source: part.expression, offset: part.offset}],
    );
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

/** An acceptor's path is JMESPath without `${{ }}`, as in a Smithy waiter. */
function matcherSites(step: Step, base: Path): readonly Site[] {
  return (step.waitUntil?.acceptors ?? []).flatMap(({matcher}, index): readonly Site[] => {
    if (!('output' in matcher)) return [];
    const {path: source, comparator} = matcher.output;
    const wanted = comparator === 'booleanEquals' ? 'boolean' : 'anything';
    const path = [...base, 'waitUntil', 'acceptors', index, 'matcher', 'output', 'path'];
    return [{...ofAnswer, wanted: comparator.startsWith('a') ? 'list' : wanted, path, source, offset: 0}];
  });
}
