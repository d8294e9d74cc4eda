/** Rows, and the first line of them: Infinity where there are none. */
export class RowCount {
  rows = 0;
  line = Infinity;

  add(line: number): void {
    this.rows += 1;
    this.line = Math.min(this.line, line);
  }
}
