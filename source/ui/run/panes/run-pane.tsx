import type {ReactNode} from 'react';
import {Box} from 'ink';
import {Latest} from './recent-events.tsx';
import type {Layout} from '../layout.ts';
import {Lines} from '../../components/lines.tsx';
import type {GridPlace} from '../../regions/groups/grid-window.ts';
import {Rule} from '../../components/rule.tsx';
import type {Reading, Shown} from '../run-screen-state.ts';
import {RegionsPane} from './regions-pane.tsx';
import {standstill} from '../../../wording/blocked-help.ts';
import {waitingLines} from '../waiting-line.ts';

interface Props extends Shown {
  readonly layout: Layout;
  readonly place: GridPlace;
  /** A Region's details, when they stand with the grid. */
  readonly reading: Reading;
}

/** Shows the Regions, the awaited event, and recent events. */
export function RunPane({layout, state, now, awaited, told, place, reading, steerable}: Props): ReactNode {
  const columns = layout.paneColumns;
  // A need for the operator replaces mere news.
  const still = steerable === true ? standstill(state, columns) : undefined;
  const below = layout.waiting + layout.latest;
  const lines = still ?? waitingLines(state, now, awaited, columns);
  // A reason is shown whole: it takes the room of mere news.
  const rows = Math.min(
    below,
    still === undefined ? Math.max(layout.waiting, lines.length) : lines.length + 1,
  );
  const details = reading.beside ? reading : undefined;
  return (
    <Box flexDirection="column" width={columns} height={layout.paneRows}>
      <RegionsPane {...{layout, state, now, told, place, details}} rows={layout.grid} />
      <Rule columns={columns} rows={layout.waiting > 0 ? layout.rule : 0} />
      <Lines lines={lines} columns={columns} rows={rows} />
      {layout.side === 0 && <Latest told={told} columns={columns} rows={below - rows} />}
    </Box>
  );
}
