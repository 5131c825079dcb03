import {useContext, type ReactNode} from 'react';
import {Box, Text} from 'ink';
import {toAscii} from '../../text/ascii.ts';
import {fitLine, type Line, type Span, type Tone} from '../../text/line.ts';
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
  const theme = useContext(ThemeContext);
  // One Text for all of the lines, with one inside for each change of tone: a frame costs by their number.
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
      <Text wrap="truncate">
        {stretches(lines.slice(0, rows), columns, theme).map(({text, tone}, index) =>
          tone === undefined ? (
            text
          ) : (
            <Text key={index} {...look(tone, theme)}>
              {text}
            </Text>
          ),
        )}
      </Text>
    </Box>
  );
}

/** The lines as one text, cut where the tone changes; a stretch may go on from one line to the next. */
function stretches(lines: readonly Line[], columns: number, theme: Theme): readonly Span[] {
  const found: Span[] = [];
  const add = (text: string, tone: Tone | undefined): void => {
    const last = found.at(-1);
    if (last === undefined || (last.tone !== tone && text !== '\n')) found.push({text, tone});
    else found[found.length - 1] = {...last, text: last.text + text};
  };
  for (const [row, line] of lines.entries()) {
    if (row > 0) add('\n', undefined);
    for (const {text, tone} of fitLine(line, columns)) {
      const shown = badgeText(text, tone, theme);
      add(theme.ascii ? toAscii(shown) : shown, tone);
    }
  }
  return found;
}
