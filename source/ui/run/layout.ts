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
  /** Columns of the Regions: all of the pane where no third one stands beside them. */
  readonly gridColumns: number;
  /** Columns of the third pane, which has the log's latest lines and a Region's details; 0 when there is none. */
  readonly side: number;
  /** Rows between the rule below the header (and rail) and the rule above the keys. */
  readonly paneRows: number;
  /** The pane while no prompt or opened Region takes all of it: */
  readonly grid: number;
  readonly waiting: number;
  readonly latest: number;
  /** Rows for a Region's details in the third pane or below the grid; 0 when they take the whole pane instead. */
  readonly details: number;
  /** Their columns. */
  readonly detailColumns: number;
  /** They stand in the third pane, above the log. */
  readonly detailsInSide: boolean;
  /** Rows for the transport bar of a replay. */
  readonly bar: number;
  readonly keys: number;
}

const widest = 160;
/** Columns from which there is a third pane, and the most that are used with it. */
const threePanes = 150;
const widestOfThree = 200;
/** Columns that the third pane leaves to the Regions for their cells, and the fewest that it takes. */
const leastGrid = 68;
const leastSide = 34;
/** Fewest columns in which a Region's details cut nothing that matters. */
const leastDetails = 50;
/** Fewest rows of the log below a Region's details in the third pane. */
const leastLog = 8;
const uprightRail = 42;
/** The most that a rail with long titles takes. */
const widestRail = 60;
/** Columns between an upright rail and the pane: a space, a line, a space. */
export const divider = 3;

/**
 * Lays the run screen out, with a transport bar for a replay. Pure: the same terminal size always gives the same
 * layout. `wished`: columns of an upright rail that cuts no title; it has them from 120 columns on, beside two more panes
 * from 160.
 */
export function layoutFor(columns: number, rows: number, replay = false, wished = 0): Layout {
  const hasSide = columns >= threePanes && rows >= 24;
  const width = Math.min(columns, hasSide ? widestOfThree : widest);
  const upright = width >= 110 && rows >= 24;
  const keys = rows >= 3 ? 1 : 0;
  const rule = rows >= 16 ? 1 : 0;
  const header = Math.min(rows - keys, rows < 10 ? 1 : width < 70 && rows >= 20 ? 3 : 2);
  const across = upright || rows - keys - header < 2 ? 0 : 1;
  const bar = replay && rows - keys - header - across >= 3 ? 1 : 0;
  const paneRows = Math.max(0, rows - header - across - 2 * rule - bar - keys);
  const railColumns = railColumnsFor(width, hasSide, wished);
  const paneColumns = upright ? width - railColumns - divider : width;
  const {side, gridColumns} = splitPane(paneColumns, hasSide);

  // The last of three stays blank, to set the latest events off.
  const waiting = paneRows >= 22 ? 3 : paneRows >= 12 ? 2 : paneRows >= 4 ? 1 : 0;
  const latest = latestRows(paneRows, hasSide);
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
    gridColumns,
    side,
    paneRows,
    grid,
    waiting,
    latest,
    ...placeDetails({grid: upright ? grid : 0, side, gridColumns}),
    bar,
    keys,
  };
}

function railColumnsFor(width: number, hasSide: boolean, wished: number): number {
  const isRoomy = width >= (hasSide ? 160 : 120);
  return isRoomy ? Math.max(uprightRail, Math.min(widestRail, wished)) : uprightRail;
}

/** Of what both can spare, the third pane gets more: its lines wrap, while the Regions' are cut. */
function splitPane(paneColumns: number, hasSide: boolean): Pick<Layout, 'side' | 'gridColumns'> {
  if (!hasSide) return {side: 0, gridColumns: paneColumns};
  const spare = paneColumns - divider - leastGrid - leastSide;
  const side = leastSide + Math.max(0, Math.floor(spare * 0.6));
  return {side, gridColumns: paneColumns - divider - side};
}

/** Beside the log in the third pane, a few rows are left for a reason that has to be shown whole. */
function latestRows(paneRows: number, hasSide: boolean): number {
  if (paneRows < 9) return 0;
  return hasSide ? 3 : Math.min(10, Math.floor((paneRows - 4) / 3));
}

/** In the third pane, the log gives way to the details rather than the Regions. */
function placeDetails({
  grid,
  side,
  gridColumns,
}: Pick<Layout, 'grid' | 'side' | 'gridColumns'>): Pick<
  Layout,
  'details' | 'detailColumns' | 'detailsInSide'
> {
  const detailsInSide = side >= leastDetails;
  const rows = detailsInSide ? grid - Math.max(leastLog, Math.floor(grid / 3)) : Math.floor(grid / 2);
  return {
    details: grid >= 18 ? rows : 0,
    detailColumns: detailsInSide ? side : gridColumns,
    detailsInSide,
  };
}

/** Rows of the Regions; with `details`, a Region's details are shown too. */
export function gridRows(layout: Layout, details: boolean): number {
  return details && !layout.detailsInSide ? layout.grid - layout.details : layout.grid;
}
