const LINE_WIDTH = 120;
const INDENT = "  ";

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;

interface Spot {
  readonly depth: number;
  /** What stands on the line before and behind the value: a name, a comma. */
  readonly beside: number;
}

const lines = (parts: readonly string[], depth: number, [open, close]: readonly [string, string]): string =>
  parts.length === 0
    ? `${open}${close}`
    : `${open}\n${parts.map((part) => INDENT.repeat(depth + 1) + part).join(",\n")}\n${INDENT.repeat(depth)}${close}`;

const printList = (list: readonly unknown[], { depth, beside }: Spot): string => {
  const oneLine = `[${list.map((item) => JSON.stringify(item)).join(", ")}]`;
  const fits = INDENT.length * depth + beside + oneLine.length <= LINE_WIDTH;
  if (fits && !list.some(isNested)) return oneLine;
  return lines(
    list.map((item) => print(item, { depth: depth + 1, beside: 1 })),
    depth,
    ["[", "]"],
  );
};

const print = (value: unknown, spot: Spot): string => {
  if (Array.isArray(value)) return printList(value, spot);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member], index, all) => {
    const label = `${JSON.stringify(name)}: `;
    const comma = index === all.length - 1 ? 0 : 1;
    return label + print(member, { depth: spot.depth + 1, beside: label.length + comma });
  });
  return lines(members, spot.depth, ["{", "}"]);
};

/** JSON in the form that the repository's formatter gives it, so that the two do not fight over the generated file. */
export const printJson = (value: unknown): string => `${print(value, { depth: 0, beside: 0 })}\n`;
