import type {IBufferCell, Terminal} from '@xterm/headless';

/** The rows that an emulated terminal shows, with the codes of their colors. */
export function terminalRows({buffer, rows, cols}: Terminal): readonly string[] {
  const {active} = buffer;
  return Array.from({length: rows}, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    const cells = Array.from({length: cols}, (__, column) => line?.getCell(column));
    let look = '';
    const text = cells.map((cell) => {
      // The second half of a wide character.
      if (cell === undefined || cell.getWidth() === 0) return '';
      const codes = codesOf(cell);
      const changed = codes === look ? '' : `\u001B[0m${codes}`;
      look = codes;
      return changed + (cell.getChars() || ' ');
    });
    return text.join('').trimEnd();
  });
}

function codesOf(cell: IBufferCell): string {
  const codes = [
    ...(cell.isBold() ? [1] : []),
    ...(cell.isDim() ? [2] : []),
    ...(cell.isFgPalette() ? [30 + (cell.getFgColor() % 8)] : []),
    ...(cell.isBgPalette() ? [40 + (cell.getBgColor() % 8)] : []),
  ];
  return codes.length === 0 ? '' : `\u001B[${codes.join(';')}m`;
}
