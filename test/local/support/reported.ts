/** What a handler reported with `console.log("REPORT " + JSON.stringify(…))`, in order. */
export const reported = <Report>(lines: readonly string[]): Report[] =>
  lines.filter((line) => line.startsWith("REPORT ")).map((line) => JSON.parse(line.slice("REPORT ".length)) as Report);
