/** What a program wrote with `--json`, parsed. */
export const jsonLines = (output: string): unknown[] =>
  output
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
