import type { Findings, Measurement } from "./findings.ts";
import { textTable } from "./text-table.ts";

/** Tables with a column for each case, and below them the targets. */
export function findingsForPeople({ measurements, targets, skipped }: Findings): readonly string[] {
  const tables = Object.entries(measurements).flatMap(([heading, cases]) => ["", heading, "", ...caseTable(cases)]);
  const verdicts = targets.map(({ name, target, measured, met }) => [
    name,
    target,
    shown(measured),
    met ? "met" : "not met",
  ]);
  return [
    ...tables,
    ...(targets.length === 0 ? [] : ["", ...textTable([["targets", "", "measured", ""], ...verdicts])]),
    ...skipped.flatMap((sentence) => ["", sentence]),
  ];
}

function caseTable(cases: readonly Measurement[]): readonly string[] {
  const quantities = Object.keys(cases[0] ?? {}).filter((quantity) => quantity !== "name");
  return textTable([
    ["", ...cases.map(({ name }) => name)],
    ...quantities.map((quantity) => [quantity, ...cases.map((each) => shown(each[quantity] ?? null))]),
  ]);
}

const shown = (value: string | number | boolean | null): string =>
  typeof value === "number" ? String(Number(value.toFixed(value < 1 ? 4 : 2))) : String(value ?? "–");
