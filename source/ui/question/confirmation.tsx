import type {ReactNode} from 'react';
import {Box} from 'ink';
import {Lines} from '../components/lines.tsx';
import {Rule} from '../components/rule.tsx';
import {Scrolled} from '../components/scrolled.tsx';
import {span, type Line} from '../../text/line.ts';
import type {Caption} from '../../wording/run-mode.ts';

interface Props {
  readonly caption: Caption;
  readonly captionRows: number;
  readonly text: readonly Line[];
  readonly textRows: number;
  /** Lines of the text scrolled past. */
  readonly offset: number;
  readonly prompt: readonly Line[];
  readonly promptRows: number;
  readonly columns: number;
}

/** The first line, marked where the text goes on. */
function firstOf([first, ...rest]: readonly Line[]): readonly Line[] {
  if (first === undefined) return [];
  return [rest.length === 0 ? first : [...first, span('…')]];
}

/** Shows a decision: the question with every change, and below it the kinds of changes and the reply. */
export function Confirmation(props: Props): ReactNode {
  const {caption, captionRows, text, textRows, offset, prompt, promptRows, columns} = props;
  return (
    <Box flexDirection="column" width={columns} height={captionRows + textRows + promptRows}>
      <Rule columns={columns} rows={captionRows} caption={caption} />
      {textRows === 1 ? (
        <Lines lines={firstOf(text)} columns={columns} rows={1} />
      ) : (
        <Scrolled lines={text} columns={columns} rows={textRows} offset={offset} />
      )}
      <Lines lines={prompt} columns={columns} rows={promptRows} />
    </Box>
  );
}
