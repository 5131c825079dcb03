import type {BatchPlan} from '../../engine/model/batch.ts';
import type {PlannedChange, RunQuestion} from '../../engine/model/events.ts';
import {cutAlike} from '../../text/cut-alike.ts';
import {padEnd, width, wrap} from '../../text/width.ts';
import {lineWidth, span, type Line} from '../../text/line.ts';
import {batchesText} from '../step-progress.ts';
import {proposed} from '../glossary/words.ts';
import {count, shortTarget} from '../fault-text.ts';

/** `18 changes in 7 Regions`. */
export function planTitle(changes: readonly PlannedChange[]): string {
  if (changes.length === 0) return 'Nothing is changed by this step itself';
  const regions = new Set(changes.flatMap(({region}) => region ?? []));
  const where = regions.size === 0 ? '' : ` in ${count(regions.size, 'Region')}`;
  return `${count(changes.length, 'change')}${where}`;
}

/** Fewest columns for a target beside its detail. */
const leastTarget = 12;

/**
 * Formats every change, grouped by step, in lines of at most `columns`. ARNs are whole where they fit, else cut
 * to the part that tells targets apart.
 */
export function planLines(
  {changes, batches = {}}: Pick<RunQuestion, 'changes' | 'batches'>,
  columns: number,
): readonly Line[] {
  const steps = [...new Set(changes.map(({step}) => step))];
  const regionColumns = Math.max(
    0,
    ...changes.map(({region}) => (region === undefined ? 0 : width(region) + 2)),
  );
  const details = Math.max(
    0,
    ...changes.map(({detail}) => (detail === undefined ? 0 : width(proposed(detail)) + 2)),
  );
  const longest = Math.max(0, ...changes.map(({target}) => width(target)));
  const whole = 4 + regionColumns + longest + details <= columns;
  const name = whole ? (target: string): string => target : shortTarget;
  const widest = Math.max(0, ...changes.map(({target}) => width(name(target))));
  // A request that leaves its target no room stands below it, in full: it is what is agreed to.
  const beside = columns - 4 - regionColumns - details >= Math.min(widest, leastTarget);
  const targetColumns = Math.min(
    widest,
    Math.max(leastTarget, columns - 4 - regionColumns - (beside ? details : 0)),
  );
  const cut = cutAlike(
    changes.map(({target}) => name(target)),
    targetColumns,
  );
  // A target without a detail has the rest of the line.
  const cutAlone = cutAlike(
    changes.filter(({detail}) => detail === undefined).map(({target}) => name(target)),
    columns - 4 - regionColumns,
  );
  return steps.flatMap((step) => {
    const those = changes.filter((change) => change.step === step);
    const operations = [...new Set(those.map(({operation}) => operation))].join(', ');
    const title = those[0]?.title ?? step;
    const heading: Line = [span(`  ${title}`), span(`  ${those.length} × ${operations}`, 'quiet')];
    const folded: readonly Line[] = [
      [span(`  ${title}`)],
      [span(`  ${those.length} × ${operations}`, 'quiet')],
    ];
    return [
      ...(lineWidth(heading) <= columns ? [heading] : folded),
      ...manner(batches[step], those, columns),
      ...those.flatMap((change): readonly Line[] => {
        const region = regionColumns === 0 ? '' : padEnd(change.region ?? '', regionColumns);
        if (change.detail === undefined)
          return [[span(`    ${region}`, 'quiet'), span(cutAlone(name(change.target)))]];
        const target = cut(name(change.target));
        const detail = proposed(change.detail);
        if (beside) {
          const padded = padEnd(target, targetColumns);
          return [[span(`    ${region}`, 'quiet'), span(padded), span(`  ${detail}`, 'quiet')]];
        }
        const below = wrap(detail, columns - 6).map((text): Line => [span(`      ${text}`, 'quiet')]);
        const above: Line = [span(`    ${region}`, 'quiet'), span(target)];
        return region === '' && target === '' ? below : [above, ...below];
      }),
    ];
  });
}

/** Formats the batches of a step. */
function manner(
  batch: BatchPlan | undefined,
  changes: readonly PlannedChange[],
  columns: number,
): readonly Line[] {
  if (batch === undefined) return [];
  const text = batchesText(
    batch,
    changes.some(({region}) => region !== undefined),
  );
  return wrap(text, columns - 4).map((text): Line => [span(`    ${text}`, 'quiet')]);
}
