import { OPERATIONS } from "#shared/contract/operation.ts";
import { counted } from "./counted.ts";
import { sumOver } from "./per-operation.ts";
import type { DeadLetterReason } from "./read-dead-letters.ts";
import { type RunFacts, summary, waysOf } from "./summary.ts";
import { textTable } from "./text-table.ts";
import { WAYS_IN } from "./ways/way-in.ts";

/** The end of a run: what became of the requests of each operation, and why some became dead letters. */
export function summaryForPeople(facts: RunFacts): readonly string[] {
  const { requests, contacts, repeats = 0, throttled, elapsedMs } = summary(facts);
  const letters = sumOver(facts.deadLetters, (each) => each.length);
  const rows = OPERATIONS.map((operation) => [
    operation,
    facts.sent[operation],
    facts.connect[operation].contacts,
    facts.deadLetters[operation].length,
    facts.connect[operation].throttled,
  ]);
  return [
    "",
    ...textTable([
      ["operation", "requests", "contacts", "dead letters", "throttled"],
      ...rows,
      ["total", requests, contacts, letters, throttled],
    ]),
    ...ways(facts),
    ...reasons(OPERATIONS.flatMap((operation) => facts.deadLetters[operation])),
    "",
    `${counted(requests, "request")} became ${counted(contacts, "contact")} and ${counted(letters, "dead letter")} in ${(elapsedMs / 1000).toFixed(1)} s.`,
    ...(facts.notSent > 0 ? [`${facts.notSent} not sent: see above.`] : []),
    ...(repeats > 0 ? [`${repeats} repeated an earlier request, and made no second contact.`] : []),
  ];
}

/** Nothing where all were plain messages. */
function ways(facts: RunFacts): readonly string[] {
  if (facts.otherWays.length === 0) return [];
  const rows = waysOf(facts).map((row) => [WAYS_IN[row.way], row.requests, row.contacts, row.deadLetters]);
  return ["", ...textTable([["way in", "requests", "contacts", "dead letters"], ...rows])];
}

function reasons(letters: readonly DeadLetterReason[]): readonly string[] {
  const byCode = Map.groupBy(letters, ({ code }) => code);
  if (byCode.size === 0) return [];
  const sorted = [...byCode].toSorted(([, one], [, other]) => other.length - one.length);
  return ["", "dead letters, by reason", ...sorted.flatMap(([code, group]) => reason(code, group))];
}

function reason(code: string, group: readonly DeadLetterReason[]): readonly string[] {
  const example = group.find(({ requestId }) => requestId !== null) ?? group[0];
  if (example === undefined) return [];
  const issue = example.issues[0];
  return [
    `  ${group.length} × ${code}, such as ${example.requestId ?? "a request without a legible requestId"}`,
    `      ${example.message}`,
    ...(issue === undefined ? [] : [`      ${issue.path} ${issue.message}`]),
  ];
}
