import type { LineOutcome, LinePlace } from "./line-outcome.ts";

/** Which members a line of output begins with. The file is named only where there are several. */
type Begin = (place: LinePlace) => object;

export const asLine: Begin = ({ line, requestId }) => ({ line, requestId });
export const asLineOfFile: Begin = ({ file, line, requestId }) => ({ file, line, requestId });

/** An outcome for programs: one line of JSON. */
export function outcomeAsJson(outcome: LineOutcome, begin: Begin): string {
  return JSON.stringify({ ...begin(outcome), ...verdict(outcome) });
}

function verdict(outcome: LineOutcome): object {
  switch (outcome.kind) {
    case "good":
      return { ok: true };
    case "sent":
      return { ok: true, messageId: outcome.messageId };
    case "refused":
      return { ok: false, issues: outcome.issues };
    case "not-sent":
    case "no-access":
      return { ok: false, reason: outcome.reason };
  }
}
