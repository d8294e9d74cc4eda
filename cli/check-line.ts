import { type ContactRequest, parseContactRequest } from "#shared/contract/contact-request.ts";
import type { PrintedIssue } from "#shared/contract/issue.ts";
import { legibleIdentity } from "#shared/contract/legible-identity.ts";
import { printReadable } from "#shared/contract/print-readable.ts";
import { parseJsonText } from "#shared/envelopes/json-text.ts";
import { MAX_LINE_BYTES, type RequestLine } from "./line-buffer.ts";

/** One thing that is wrong with a line: with the request in it, or, at the path "", with the line itself. */
export interface LineIssue {
  /** Readable, with keys: `input.Attributes["customer name"]`. */
  readonly path: string;
  readonly code: PrintedIssue["code"] | "not-json" | "not-utf-8";
  readonly message: string;
}

export type CheckedLine =
  | { readonly ok: true; readonly line: number; readonly text: string; readonly request: ContactRequest }
  | {
      readonly ok: false;
      readonly line: number;
      /** Null where the line does not say it legibly. */
      readonly requestId: string | null;
      readonly issues: readonly LineIssue[];
    };

/** Checks a line against the contract: a request, or all that is wrong with it. */
export function checkLine(given: RequestLine): CheckedLine {
  const { line } = given;
  if (given.kind !== "text") return { ok: false, line, requestId: null, issues: [DEFECTS[given.kind]] };

  const json = parseJsonText(given.text);
  if (!json.ok) return { ok: false, line, requestId: null, issues: [NOT_JSON] };
  const parsed = parseContactRequest(json.value);
  if (parsed.ok) return { ok: true, line, text: given.text, request: parsed.value };
  const { requestId } = legibleIdentity(json.value);
  return { ok: false, line, requestId, issues: parsed.error.map(printReadable) };
}

const NOT_JSON: LineIssue = {
  path: "",
  code: "not-json",
  message:
    "is not JSON: each line must hold one whole request (jq -c . FILE writes a request of several lines into one)",
};

const DEFECTS: Readonly<Record<Exclude<RequestLine["kind"], "text">, LineIssue>> = {
  "too-long": {
    path: "",
    code: "too-large",
    message: `is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB, which no request is: each line must hold one request`,
  },
  "not-utf-8": { path: "", code: "not-utf-8", message: "is not UTF-8: write the file in that encoding" },
};
