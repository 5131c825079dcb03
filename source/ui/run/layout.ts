/** Places of all parts. Sizes are columns or rows of the terminal. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Columns in use: very wide terminals keep a margin rather than seas of space. */
  readonly width: number;
  readonly header: number;
  /** The steps: in one row across, or upright at the left of everything below the header. */
  readonly rail:
    {readonly kind: 'across'; readonly rows: number} | {readonly kind: 'upright'; readonly columns: number};
  /** Rows of each horizontal rule, 0 when there is no room for rules. */
  readonly rule: number;
  /** Columns beside the rail; all of `width` when the rail lies across. */
  readonly paneColumns: number;
  /** Rows between the rule below the header (and rail) and the rule above the keys. */
  readonly paneRows: number;
  /** The pane while no prompt or opened Region takes all of it: */
  readonly grid: number;
  readonly waiting: number;
  readonly latest: number;
  /** Rows for an opened Region below the grid; 0 when it takes the whole pane instead. */
  readonly details: number;
  /** Rows for the transport bar of a replay. */
  readonly bar: number;
  readonly keys: number;
}

const widest = 160;
const uprightRail = 42;
/** The most that a rail with long titles takes. */
const widestRail = 60;
/** Columns between an upright rail and the pane: a space, a line, a space. */
export const divider = 3;

/**
 * Lays the run screen out, with a transport bar for a replay. Pure: the same terminal size always gives the same
 * layout. `wished`: columns of an upright rail that cuts no title; from 120 columns it has them.
 */
export function layoutFor(columns: number, rows: number, replay = false, wished = 0): Layout {
  const width = Math.min(columns, widest);
  const upright = width >= 110 && rows >= 24;
  const keys = rows >= 3 ? 1 : 0;
  const rule = rows >= 16 ? 1 : 0;
  const header = Math.min(rows - keys, rows < 10 ? 1 : width < 70 && rows >= 20 ? 3 : 2);
  const across = upright || rows - keys - header < 2 ? 0 : 1;
  const bar = replay && rows - keys - header - across >= 3 ? 1 : 0;
  const paneRows = Math.max(0, rows - header - across - 2 * rule - bar - keys);
  const railColumns = width >= 120 ? Math.max(uprightRail, Math.min(widestRail, wished)) : uprightRail;
  const paneColumns = upright ? width - railColumns - divider : width;

  // The last of three stays blank, to set the latest events off.
  const waiting = paneRows >= 22 ? 3 : paneRows >= 12 ? 2 : paneRows >= 4 ? 1 : 0;
  const latest = paneRows < 9 ? 0 : Math.min(10, Math.floor((paneRows - 4) / 3));
  // One rule stands above the waiting line, when there are rules.
  const grid = Math.max(0, paneRows - waiting - latest - (waiting > 0 ? rule : 0));
  return {
    columns,
    rows,
    width,
    header,
    rail: upright ? {kind: 'upright', columns: railColumns} : {kind: 'across', rows: across},
    rule,
    paneColumns,
    paneRows,
    grid,
    waiting,
    latest,
    details: upright && grid >= 18 ? Math.floor(grid / 2) : 0,
    bar,
    keys,
  };
}
