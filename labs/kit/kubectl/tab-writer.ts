/** How wide a column is at least, and how many spaces follow its widest cell. */
export interface TabStops {
  readonly minWidth: number;
  readonly padding: number;
}

/** `kubectl get`. Models cli-runtime pkg/printers/tabwriter.go. */
export const tableStops: TabStops = { minWidth: 6, padding: 3 };

/** `kubectl describe`. Models kubectl pkg/describe/describe.go, tabbedString. */
export const descriptionStops: TabStops = { minWidth: 0, padding: 2 };

/**
 * Aligns lines whose cells end in tabs. A column is a run of lines that all have a cell there; what follows the last tab of a line belongs to no column.
 * Lines may hold line breaks: each part is a line of its own. Models Go's text/tabwriter.
 */
export function aligned(lines: readonly string[], { minWidth, padding }: TabStops): readonly string[] {
  const rows = lines.flatMap((line) => line.split('\n')).map((line) => line.split('\t'));
  const columns = Math.max(0, ...rows.map((row) => row.length - 1));
  const padded = rows.map((row) => [...row]);
  for (let column = 0; column < columns; column += 1) {
    for (let start = 0; start < rows.length; start += 1) {
      let end = start;
      let width = minWidth;
      for (let row = rows[end]; row !== undefined && column < row.length - 1; row = rows[end]) {
        width = Math.max(width, lengthOf(row[column]) + padding);
        end += 1;
      }
      for (const row of padded.slice(start, end)) row[column] = `${row[column] ?? ''}${' '.repeat(width - lengthOf(row[column]))}`;
      start = Math.max(start, end);
    }
  }
  return padded.map((row) => row.join(''));
}

/** Cells are as wide as they have code points. */
const lengthOf = (cell = ''): number => Array.from(cell).length;
