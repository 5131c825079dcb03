import {show} from '../../text/show.ts';

/**
 * Shows data in Markdown, as code: nothing within a code span is a link, a mention, an issue's number, HTML or
 * emphasis, on any host. It never stands at the start of a line. Nothing at all is shown as a dash.
 */
export function code(text: string): string {
  const shown = show(text).trim();
  if (shown === '') return '–';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A space keeps a backtick of the text away from the fence; Markdown takes it off again.
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * Formats data for a table cell, where a bar ends the cell even in code unless a backslash precedes it. An odd
 * run of backslashes before a bar is made even. Parsers disagree about escaped backslashes before bars.
 */
export function cell(text: string): string {
  return code(text).replace(/(\\*)\|/g, (_, slashes: string) => {
    const even = slashes.length % 2 === 0 ? slashes : `${slashes}\\`;
    return `${even}\\|`;
  });
}

/** A table's row. The cells are Markdown. */
function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function table(heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [row(heading), row(heading.map(() => '---')), ...rows.map(row)];
}
