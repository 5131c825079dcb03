import type {ReactNode} from 'react';
import {Box} from 'ink';
import {Lines} from '../../components/lines.tsx';
import {Scrolled} from '../../components/scrolled.tsx';
import type {Reading} from '../run-screen-state.ts';

interface Props {
  readonly reading: Reading;
  readonly columns: number;
}

/** Shows a text in place of the Regions, below its heading where it has one. */
export function Covering({reading: {lines, heading, rows, offset}, columns}: Props): ReactNode {
  return (
    <Box flexDirection="column" width={columns}>
      {heading !== undefined && <Lines lines={[heading]} columns={columns} rows={1} />}
      <Scrolled lines={lines} columns={columns} rows={rows} offset={offset} />
    </Box>
  );
}
