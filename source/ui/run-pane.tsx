import type {ReactNode} from 'react';
import {Box} from 'ink';
import {Latest} from './latest.tsx';
import type {Layout} from './layout.ts';
import {RegionGrid} from './region-grid.tsx';
import {Rule} from './rule.tsx';
import type {Reading, Shown} from './screen-state.ts';
import {Scrolled} from './scrolled.tsx';
import {WaitingLine} from './waiting-line.tsx';

interface Props extends Shown {
  readonly layout: Layout;
  readonly selected: string | undefined;
  /** The opened Region's details, when they stand below the grid. */
  readonly reading: Reading;
}

/** The Regions, what the run waits for, and what happened lately. */
export function RunPane({layout, state, now, told, selected, reading}: Props): ReactNode {
  const columns = layout.paneColumns;
  const details = reading.beside ? layout.details : 0;
  return (
    <Box flexDirection="column" width={columns} height={layout.paneRows}>
      <RegionGrid
        state={state}
        now={now}
        columns={columns}
        rows={layout.grid - details}
        selected={selected}
      />
      {details > 0 && (
        <>
          <Rule columns={columns} rows={1} />
          <Scrolled lines={reading.lines} columns={columns} rows={details - 1} offset={reading.offset} />
        </>
      )}
      <Rule columns={columns} rows={layout.waiting > 0 ? layout.rule : 0} />
      <WaitingLine state={state} now={now} columns={columns} rows={layout.waiting} />
      <Latest told={told} columns={columns} rows={layout.latest} />
    </Box>
  );
}
