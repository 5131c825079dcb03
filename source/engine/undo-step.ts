import type {Step} from '../runbook/language/schema.ts';
import type {Json} from './model/events.ts';

/** A step of an undo, as its runbook has it. */
export interface UndoStep {
  readonly id: string;
  readonly [member: string]: unknown;
}

type Members = {readonly [member: string]: Json};

/** The members that an update changes. */
export function changedBy({update}: Step): readonly string[] {
  return [...new Set([...Object.keys(update?.set ?? {}), ...(update?.remove ?? [])])];
}

/**
 * The step that takes back changes of a step. `absent`: members that none of the entries had before, so that they are
 * taken away; the others get their earlier values.
 */
export function undoStep(
  step: Step,
  id: string,
  absent: readonly string[],
  entries: readonly Json[],
): UndoStep {
  const common = {
    id,
    title: `Undo: ${step.title}`,
    scope: step.scope,
    ...(step.column === undefined ? {} : {column: step.column}),
    forEach:
      step.scope === 'region'
        ? `\${{ inputs.changes[?by == '${id}' && region == $region] }}`
        : `\${{ inputs.changes[?by == '${id}'] }}`,
    maxConcurrency: step.maxConcurrency,
    summary: "${{ length(@[?type(@) != 'null']) }} put back",
  };
  const given = itemMembers(membersIn(entries, 'with'), 'with');
  if (step.update === undefined) {
    const undo = step.undo !== undefined && 'call' in step.undo ? step.undo : undefined;
    return {
      ...common,
      call: undo?.call ?? '',
      with: given,
      catch: [
        {
          errorEquals: ['EntityAlreadyExists', 'InvalidInput', 'ResourceAlreadyExists'],
          next: 'continue',
          message: 'it is there already',
        },
      ],
    };
  }
  const {read, resource, write, partial} = step.update;
  const set = changedBy(step).filter((member) => !absent.includes(member));
  return {
    ...common,
    update: {
      read,
      with: given,
      resource,
      write,
      ...(set.length === 0 ? {} : {set: itemMembers(set, 'before')}),
      ...(absent.length === 0 ? {} : {remove: absent}),
      expect: '${{ item.written }}',
      ...(partial === undefined ? {} : {partial}),
    },
  };
}

function membersIn(entries: readonly Json[], name: string): readonly string[] {
  const names = entries.flatMap((entry) =>
    Object.keys((entry as {readonly [key: string]: Members})[name] ?? {}),
  );
  return [...new Set(names)];
}

/** Each member with the expression that finds its value in the item. */
function itemMembers(names: readonly string[], from: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `\${{ item.${from}."${name}" }}`]));
}
