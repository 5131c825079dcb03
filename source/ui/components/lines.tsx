import {memo, useContext, type ReactNode} from 'react';
import {Box, Text} from 'ink';
import {toAscii} from '../../text/ascii.ts';
import {fitLine, type Line, type Span} from '../../text/line.ts';
import {badgeText, look, ThemeContext, type Theme} from '../terminal/theme.tsx';

interface Props {
  readonly lines: readonly Line[];
  /** Columns that a line may take. */
  readonly columns: number;
  /** Rows to fill; lines beyond are not shown, missing ones are blank. */
  readonly rows: number;
}

/** Lines of text, cut to their room. Everything that reaches the screen passes here. */
export function Lines({lines, columns, rows}: Props): ReactNode {
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
      {lines.slice(0, rows).map((line, row) => (
        <Row key={row} line={line} columns={columns} />
      ))}
    </Box>
  );
}

interface RowProps {
  readonly line: Line;
  readonly columns: number;
}

/**
 * A line in a Text of its own: Ink keeps each text that it has measured, thousands of them. One text for a whole grid
 * in which something counts down would be another 5 KB every second.
 */
const Row = memo(function Row({line, columns}: RowProps): ReactNode {
  const theme = useContext(ThemeContext);
  const spans = stretches(line, columns, theme);
  // A Text without a character has no height.
  if (spans.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {spans.map(({text, tone}, index) =>
        tone === undefined ? (
          text
        ) : (
          <Text key={index} {...look(tone, theme)}>
            {text}
          </Text>
        ),
      )}
    </Text>
  );
}, sameRow);

function sameRow(one: RowProps, other: RowProps): boolean {
  return (
    one.columns === other.columns &&
    one.line.length === other.line.length &&
    one.line.every(
      ({text, tone}, index) => text === other.line[index]?.text && tone === other.line[index].tone,
    )
  );
}

/** The line cut where the tone changes. */
function stretches(line: Line, columns: number, theme: Theme): readonly Span[] {
  const found: Span[] = [];
  for (const {text, tone} of fitLine(line, columns)) {
    const shown = badgeText(text, tone, theme);
    const fit = theme.ascii ? toAscii(shown) : shown;
    const last = found.at(-1);
    if (last === undefined || last.tone !== tone) found.push({text: fit, tone});
    else found[found.length - 1] = {...last, text: last.text + fit};
  }
  return found;
}
