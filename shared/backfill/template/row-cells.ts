import { isObject } from "../../contract/is-object.ts";
import { failed, type Result, succeeded } from "../../result.ts";
import { type RowReason, rowReason } from "../row-reason.ts";
import type { Cell } from "./cell.ts";

/** The cells of a row that is a JSON object: those of the columns that are used, at the place that each has among all. */
export function rowCells(
  row: unknown,
  columns: readonly string[],
  used: readonly number[],
): Result<readonly Cell[], RowReason> {
  if (!isObject(row)) return failed(NOT_AN_OBJECT);
  const cells: Cell[] = columns.map(() => "");
  for (const index of used) {
    const name = columns[index] ?? "";
    const cell = cellOf(Object.hasOwn(row, name) ? row[name] : undefined, name);
    if (!cell.ok) return cell;
    cells[index] = cell.value;
  }
  return succeeded(cells);
}

const NOT_AN_OBJECT = rowReason("not-an-object", "must be a JSON object, with a member for each column");

function cellOf(value: unknown, name: string): Result<Cell, RowReason> {
  const column = JSON.stringify(name);
  if (value === undefined) {
    return failed(rowReason("no-value", `must have the member ${column}, which the template names; it may be empty`));
  }
  // What databases write for an empty cell.
  if (value === null) return succeeded("");
  if (typeof value === "number") {
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return succeeded(value);
    const rule = `must have the member ${column} as text: JSON loses digits of a number that is so large`;
    return failed(rowReason("imprecise-number", rule));
  }
  if (typeof value === "string" || typeof value === "boolean") return succeeded(value);
  return failed(rowReason("not-a-cell", `must have a text, a number, true, false or null as the member ${column}`));
}
