import { isObject } from "../../contract/is-object.ts";
import type { Place } from "../../contract/place.ts";
import { printPath } from "../../contract/print-path.ts";
import { type Cell, cellAs } from "./cell.ts";
import type { ColumnUse } from "./column-use.ts";
import { type TextPart, textParts } from "./text-parts.ts";
import { wantedKind } from "./wanted-kind.ts";

/** Makes a part of a request from the cells of a row. */
export type Fill = (cells: readonly Cell[]) => unknown;

/** A part of a template: the same for every row, or filled anew for each. */
export type Compiled =
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "filled"; readonly fill: Fill };

const constant = (value: unknown): Compiled => ({ kind: "constant", value });
const filled = (fill: Fill): Compiled => ({ kind: "filled", fill });

/** Compiles what stands at a place of the template; `columns` takes note of the columns it names and of what is wrong. */
export function compileNode(place: Place, columns: ColumnUse): Compiled {
  const { value } = place;
  if (typeof value === "string") return compileText(value, place, columns);
  if (Array.isArray(value)) return compileList(value, place, columns);
  return isObject(value) ? compileObject(value, place, columns) : constant(value);
}

function compileText(text: string, place: Place, columns: ColumnUse): Compiled {
  const parts = partsAt(text, place, columns);
  const [first, ...others] = parts.map((part) => piece(part, columns));
  if (first === undefined) return constant(text);
  if (others.length === 0) {
    if (typeof first === "string") return constant(first);
    const wanted = wantedKind(place);
    return filled((cells) => cellAs(cells[first] ?? "", wanted));
  }
  const pieces = [first, ...others];
  return filled((cells) => {
    let whole = "";
    for (const each of pieces) whole += typeof each === "string" ? each : String(cells[each] ?? "");
    return whole;
  });
}

/** The text itself, or the index of the column that is put there. */
const piece = (part: TextPart, columns: ColumnUse): string | number =>
  part.kind === "text" ? part.text : columns.indexOf(part.name);

function partsAt(text: string, place: Place, columns: ColumnUse): readonly TextPart[] {
  const parts = textParts(text);
  if (parts.ok) return parts.value;
  const trouble = parts.error === "unnamed" ? "{{}} names no column" : "{{ is never closed by }}";
  columns.refuse({
    code: "placeholder",
    message: `The template's ${pathOf(place)}: ${trouble}. Write {{column}} for a value, and {{{{ where two braces are meant.`,
  });
  return [];
}

function compileList(items: readonly unknown[], place: Place, columns: ColumnUse): Compiled {
  const compiled = items.map((_item, index) => compileNode(place.below(index), columns));
  if (compiled.every(({ kind }) => kind === "constant")) return constant(compiled.map(contentOf));
  return filled((cells) => compiled.map((each) => (each.kind === "constant" ? each.value : each.fill(cells))));
}

function compileObject(members: Record<string, unknown>, place: Place, columns: ColumnUse): Compiled {
  const skeleton: Record<string, unknown> = {};
  const fills: (readonly [string, Fill])[] = [];
  for (const written of Object.keys(members)) {
    const key = keyAt(written, place, columns);
    if (key === undefined) continue;
    const compiled = compileNode(place.below(written), columns);
    skeleton[key] = contentOf(compiled);
    if (compiled.kind === "filled") fills.push([key, compiled.fill]);
  }
  if (fills.length === 0) return constant(skeleton);
  return filled((cells) => {
    const object = { ...skeleton };
    for (const [key, fill] of fills) object[key] = fill(cells);
    return object;
  });
}

/** The key as it is meant. One with a placeholder is refused: two rows, or two keys, could become one and lose a value. */
function keyAt(written: string, place: Place, columns: ColumnUse): string | undefined {
  const parts = textParts(written);
  const [only, ...others] = parts.ok ? parts.value : [];
  const at = pathOf(place.below(written));
  if (written === "__proto__") {
    columns.refuse({
      code: "reserved-key",
      message: `The template's ${at}: the key is one that JavaScript keeps for itself. Choose another.`,
    });
    return undefined;
  }
  if (only?.kind === "text" && others.length === 0) return only.text;
  columns.refuse({
    code: "placeholder-in-key",
    message: `The template's ${at}: a key may hold no placeholder. Put it into the value, and {{{{ where two braces are meant.`,
  });
  return undefined;
}

const contentOf = (compiled: Compiled): unknown => (compiled.kind === "constant" ? compiled.value : undefined);

const pathOf = ({ path }: Place): string => printPath(path, ({ key }) => `[${JSON.stringify(key)}]`);
