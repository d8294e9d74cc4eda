import type { LineIssue } from "./check-line.ts";
import type { LineOutcome } from "./line-outcome.ts";

/** More would bury what is wrong with the other lines; `--json` gives all. */
const MAX_ISSUES_SHOWN = 20;

/** An outcome for people; no lines for what is as it should be. */
export function outcomeForPeople(outcome: LineOutcome): readonly string[] {
  const place = `${outcome.file}:${outcome.line} ${outcome.requestId ?? "(no legible requestId)"}`;
  switch (outcome.kind) {
    case "good":
    case "sent":
    case "no-access":
      return [];
    case "refused":
      return [place, ...shown(outcome.issues)];
    case "not-sent":
      return [place, `  was not sent: ${outcome.reason}`];
  }
}

function shown(issues: readonly LineIssue[]): readonly string[] {
  const lines = issues
    .slice(0, MAX_ISSUES_SHOWN)
    .map(({ path, code, message }) => `  ${path === "" ? "the line" : path} ${message} [${code}]`);
  const more = issues.length - lines.length;
  return more === 0 ? lines : [...lines, `  … and ${more} more`];
}
