import { type ContactRequest, parseContactRequest } from "../contract/contact-request.ts";
import { printReadable } from "../contract/print-readable.ts";
import type { CandidateRow, RefusedRow } from "./candidate-row.ts";

/** A row that makes a good contact request. */
export interface GoodRow {
  readonly kind: "good";
  readonly line: number;
  readonly key: string;
  readonly request: ContactRequest;
}

/** What the contract says of a row. Map keys are written out: it is for people, about a file of their own. */
export function judgeCandidate(row: CandidateRow): GoodRow | RefusedRow {
  if (row.kind === "refused") return row;
  const { line, key } = row;
  const parsed = parseContactRequest(row.request);
  if (parsed.ok) return { kind: "good", line, key, request: parsed.value };
  return { kind: "refused", line, key, reasons: parsed.error.map(printReadable) };
}
