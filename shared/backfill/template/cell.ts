import type { WantedKind } from "./wanted-kind.ts";

/** What a row has in one column. */
export type Cell = string | number | boolean;

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/**
 * A cell as a value of the kind that is wanted at its place. What is not written as one stays a text, about which the contract then
 * says what it asks for.
 */
export function cellAs(cell: Cell, wanted: WantedKind): Cell {
  if (wanted === "text") return String(cell);
  if (wanted === "number") return typeof cell === "string" && NUMBER.test(cell) ? Number(cell) : cell;
  return cell === "true" || cell === "false" ? cell === "true" : cell;
}
