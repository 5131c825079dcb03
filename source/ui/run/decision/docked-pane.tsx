import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {RunState} from '../../../engine/model/state.ts';
import {Confirmation} from '../../question/confirmation.tsx';
import type {GridPlace} from '../../regions/groups/grid-window.ts';
import type {NarratedEvent} from '../../../wording/narrate/narrated-event.ts';
import {Covering} from '../panes/covering.tsx';
import type {Layout} from '../layout.ts';
import {RegionsPane} from '../panes/regions-pane.tsx';
import type {Dock, Reading} from '../run-screen-state.ts';

interface Props {
  readonly dock: Dock;
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** What happened, the oldest first. */
  readonly told: readonly NarratedEvent[];
  readonly place: GridPlace;
  /** The text under the keyboard: of the decision, or the one that covers the Regions. */
  readonly reading: Reading;
  readonly covered: boolean;
  readonly layout: Layout;
}

/** Shows a decision below the Regions, which stay alive. Whatever is opened takes the place of the Regions. */
export function DockedPane({dock, state, now, place, reading, covered, layout, told}: Props): ReactNode {
  const rows = dock.above;
  const columns = layout.paneColumns;
  return (
    <Box flexDirection="column" width={columns}>
      {covered ? (
        <Covering reading={reading} columns={columns} />
      ) : (
        rows > 0 && <RegionsPane {...{layout, state, now, told, place, rows}} />
      )}
      <Confirmation {...dock} columns={columns} offset={reading.lines === dock.text ? reading.offset : 0} />
    </Box>
  );
}
