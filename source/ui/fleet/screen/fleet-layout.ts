/** Rows of the fleet screen's parts, and the columns in use. */
export interface FleetLayout {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  /** Rows of the title, the hub, the waves and the pace. */
  readonly header: number;
  readonly rule: number;
  /** The list of accounts, or what covers it. */
  readonly pane: number;
  /** What the fleet waits for, or how it ended. */
  readonly waiting: number;
  readonly keys: number;
}

/** Wider lines are hard to read. */
const widest = 160;

/** Lays the fleet screen out. `news`: lines that the last part would fill. Pure: the same sizes always give the same. */
export function fleetLayout(columns: number, rows: number, header: number, news: number): FleetLayout {
  const keys = rows >= 3 ? 1 : 0;
  const rule = rows >= 16 ? 1 : 0;
  const top = Math.min(header, rows < 8 ? 1 : rows < 14 ? 2 : header, rows - keys);
  const left = Math.max(0, rows - keys - top - 2 * rule);
  const waiting = left < 4 ? 0 : Math.min(news, Math.max(1, Math.floor((left - rule) / 2)));
  const pane = Math.max(0, left - waiting - (waiting > 0 ? rule : 0));
  return {columns, rows, width: Math.min(columns, widest), header: top, rule, pane, waiting, keys};
}
