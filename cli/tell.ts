/** Writes a line for people to standard error, so that standard output holds nothing but what was asked for. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
