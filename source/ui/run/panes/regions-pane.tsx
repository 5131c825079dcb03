import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {RunState} from '../../../engine/model/state.ts';
import {span, type Line} from '../../../text/line.ts';
import type {NarratedEvent} from '../../../wording/narrate/narrated-event.ts';
import {Lines} from '../../components/lines.tsx';
import {Rule} from '../../components/rule.tsx';
import {Scrolled} from '../../components/scrolled.tsx';
import {newestLines} from '../../log/log-lines.ts';
import type {GridPlace} from '../../regions/groups/grid-window.ts';
import {RegionGrid} from '../../regions/region-grid.tsx';
import type {Layout} from '../layout.ts';
import type {Reading} from '../run-screen-state.ts';
import {Upright} from './upright.tsx';

interface Props {
  readonly layout: Layout;
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** What happened, the oldest first. */
  readonly told: readonly NarratedEvent[];
  readonly place: GridPlace;
  /** A Region's details, where they stand with the list. */
  readonly details?: Reading | undefined;
  readonly rows: number;
}

/** Shows the Regions, a Region's details below or beside them, and the log beside them where there is a third pane. */
export function RegionsPane(props: Props): ReactNode {
  const {layout, state, now, place, details, rows} = props;
  const {gridColumns: columns} = layout;
  const below = details === undefined || layout.detailsInSide ? 0 : layout.details;
  const regions = (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      <RegionGrid {...{state, now, columns, place}} rows={rows - below} />
      {details !== undefined && below > 0 && (
        <>
          <Rule columns={columns} rows={1} />
          <Scrolled {...details} columns={columns} rows={below - 1} />
        </>
      )}
    </Box>
  );
  if (layout.side === 0) return regions;
  return (
    <Box height={rows} flexShrink={0}>
      {regions}
      <Upright rows={rows} />
      <SidePane {...props} />
    </Box>
  );
}

const logTitle: Line = [span(' LATEST', 'quiet')];

function SidePane({layout, told, details, rows}: Props): ReactNode {
  const {side: columns} = layout;
  const above = details === undefined || !layout.detailsInSide ? 0 : layout.details;
  const log = rows - above;
  return (
    <Box flexDirection="column" width={columns}>
      {details !== undefined && above > 0 && (
        <>
          <Scrolled {...details} columns={columns} rows={above - 1} />
          <Rule columns={columns} rows={1} />
        </>
      )}
      <Lines lines={[logTitle, ...newestLines(told, columns, log - 1)]} columns={columns} rows={log} />
    </Box>
  );
}
