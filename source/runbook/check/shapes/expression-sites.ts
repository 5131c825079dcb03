import {ExpressionError} from '../../expression/parse.ts';
import {partsOf} from '../../expression/template.ts';
import type {Path} from '../../load/source-positions.ts';

/** Type that an expression must give at its place. */
export type Wanted = 'boolean' | 'list' | 'number' | 'object' | 'text' | 'time' | 'duration' | 'anything';

/** Meaning of `@` and bare names at a place. */
export type RootKind = 'run' | 'answer' | 'read' | 'output';

/** The operations whose answers are an undo's wait's `item` and its root. */
export interface UndoWaitAnswers {
  readonly itemFrom: string;
  readonly answerFrom: string;
}

/** One expression of a runbook, with its place. */
export interface Site {
  /** Path of the text that it stands in. */
  readonly path: Path;
  readonly source: string;
  /** Offset of its start in that text. */
  readonly offset: number;
  readonly root: RootKind;
  /** True if `item` is the current item there. */
  readonly hasItem: boolean;
  readonly wanted: Wanted;
  /** True inside an `undo`, which works from the journal alone. */
  readonly inUndo: boolean;
  /** True in a text for people, in which a path may reach nothing. */
  readonly lenient?: true;
  /** Part of what the operator agrees to, where the step changes something: `list` for the list of its items. */
  readonly agreed?: 'value' | 'list';
  /** Set in a `when`, of the step or of its group: it decides if the rest is worked out. */
  readonly isWhen?: 'group' | 'step';
  /** The operation whose answer is its root, where that is not the step's own. */
  readonly answerFrom?: string;
  /** In the wait of an undo: the operations whose answers are its `item` and its root. */
  readonly undoWait?: UndoWaitAnswers;
}

/** Reach of an expression, and the type it must give. */
export type SiteKind = Omit<Site, 'path' | 'source' | 'offset'>;

/** Reaches the run's values: inputs, earlier steps, the caller. */
export const inRun: SiteKind = {root: 'run', hasItem: false, wanted: 'anything', inUndo: false};
/** Reaches the run's values and the current item. */
export const forItem: SiteKind = {...inRun, hasItem: true};
/** A text for people. */
export const messageInRun: SiteKind = {...inRun, lenient: true};
export const numberInRun: SiteKind = {...inRun, wanted: 'number'};
/** Reaches an answer. */
export const ofAnswer: SiteKind = {...forItem, root: 'answer'};

/** The expressions in anything at a path; none where there is nothing. A text that cannot be cut is left out. */
export function sitesIn(value: unknown, path: Path, base: Path, kind: SiteKind): readonly Site[] {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return [];
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return collect(found, [...base, ...path], kind);
}

function collect(value: unknown, path: Path, kind: SiteKind): readonly Site[] {
  if (typeof value === 'string') return inText(value, path, kind);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    collect(member, [...path, Array.isArray(value) ? Number(key) : key], kind),
  );
}

/** A part of a text becomes text, whatever it is. */
const withinText = {wanted: 'anything'} as const;

function inText(value: string, path: Path, kind: SiteKind): readonly Site[] {
  try {
    const parts = partsOf(value);
    return parts.flatMap((part) =>
      'text' in part
        ? []
        : [
            {
              ...kind,
              ...(parts.length === 1 ? {} : withinText),
              path,
              source: part.expression,
              offset: part.offset,
            },
          ],
    );
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}
