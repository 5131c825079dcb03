/** A change, as far as it tells what accounts have in common. */
interface Change {
  readonly step: string;
  readonly region?: string | undefined;
  readonly operation: string;
  readonly target: string;
  readonly detail?: string | undefined;
}

/** Groups accounts with the very same changes, apart from their own ids. */
export function alike<Row>(
  rows: readonly Row[],
  of: (row: Row) => {readonly id: string; readonly changes: readonly Change[]},
): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, (row) => sameness(of(row))).values()];
}

function sameness({id, changes}: {readonly id: string; readonly changes: readonly Change[]}): string {
  return JSON.stringify(
    changes.map(({step, region, operation, target, detail}) => [step, region, operation, target, detail]),
  ).replaceAll(id, '');
}
