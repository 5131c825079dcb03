import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {Question} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import {Lines} from '../components/lines.tsx';
import {promptLines, questionLines, type Prompt} from './question-lines.ts';
import {Scrolled} from '../components/scrolled.tsx';

interface Props {
  readonly state: RunState;
  readonly question: Question;
  readonly prompt: Prompt;
  /** Lines scrolled past. */
  readonly offset: number;
  readonly columns: number;
  readonly rows: number;
}

/** Shows a decision: the question, the account and the caller, every change with the total, and the reply. */
export function Confirmation({state, question, prompt, offset, columns, rows}: Props): ReactNode {
  const below = promptLines(question, prompt, columns);
  const room = Math.max(0, rows - below.length);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Scrolled
        lines={questionLines(state, question, columns)}
        columns={columns}
        rows={room}
        offset={offset}
      />
      <Lines lines={below} columns={columns} rows={Math.min(below.length, rows)} />
    </Box>
  );
}
