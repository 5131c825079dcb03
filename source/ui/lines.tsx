import {useContext, type ReactNode} from 'react';
import {Box, Text} from 'ink';
import {toAscii} from '../text/ascii.ts';
import {fitLine, type Line} from './line.ts';
import {badgeText, look, ThemeContext} from './theme.tsx';

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
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
      {Array.from({length: rows}, (_, row) => (
        <Text key={row} wrap="truncate">
          {fitLine(lines[row] ?? [], columns).map((part, index) => (
            <Text key={index} {...look(part.tone, theme)}>
              {theme.ascii
                ? toAscii(badgeText(part.text, part.tone, theme))
                : badgeText(part.text, part.tone, theme)}
            </Text>
          ))}
          {/* An empty Text has no height; a row always takes one. */}
          {(lines[row]?.length ?? 0) === 0 ? ' ' : ''}
        </Text>
      ))}
    </Box>
  );
}
