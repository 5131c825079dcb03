import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {RunState} from '../../../engine/model/state.ts';
import {Confirmation} from '../../question/confirmation.tsx';
import type {GridPlace} from '../../regions/groups/grid-window.ts';
import {RegionGrid} from '../../regions/region-grid.tsx';
import {Covering} from '../covering.tsx';
import type {Dock, Reading} from '../run-screen-state.ts';

interface Props {
  readonly dock: Dock;
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  readonly place: GridPlace;
  /** The text under the keyboard: of the decision, or the one that covers the Regions. */
  readonly reading: Reading;
  readonly covered: boolean;
  readonly columns: number;
}

/** Shows a decision below the Regions, which stay alive. Whatever is opened takes the place of the Regions. */
export function DockedPane({dock, state, now, place, reading, covered, columns}: Props): ReactNode {
  const rows = dock.above;
  return (
    <Box flexDirection="column" width={columns}>
      {covered ? (
        <Covering reading={reading} columns={columns} />
      ) : (
        rows > 0 && <RegionGrid state={state} now={now} columns={columns} rows={rows} place={place} />
      )}
      <Confirmation {...dock} columns={columns} offset={reading.lines === dock.text ? reading.offset : 0} />
    </Box>
  );
}
