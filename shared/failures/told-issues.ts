import type { PrintedIssue } from "../contract/issue.ts";
import type { Failure } from "./failure.ts";

/** So many issues are told of one request; a hostile one has tens of thousands. */
export const MOST_ISSUES = 20;

/** What a dead letter and its event tell of a failure's issues: the first `most`, and how many there are in all. */
export const toldIssues = (
  { issues = [], issueCount = issues.length }: Failure,
  most = MOST_ISSUES,
): { readonly issues?: PrintedIssue[]; readonly issueCount?: number } =>
  issueCount === 0 ? {} : { issues: issues.slice(0, most), issueCount };
