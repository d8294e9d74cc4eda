import { isJsonObject } from "../../connect-emulator/json-object.ts";

/** A value of an event that patterns compare: objects and arrays are only ways to such values. */
export type Leaf = string | number | boolean | null;

export type LeafTest = (leaf: Leaf) => boolean;

/** Compiles the operand of one operator. Throws an InvalidEventPatternException that names the path. */
export type CompileOperand = (operand: unknown, path: readonly string[]) => LeafTest;

export const isLeaf = (value: unknown): value is Leaf =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** The leaves of a member: itself, or those in the array that it is. What is an object has none at this place. */
export function leavesOf(value: unknown): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isLeaf(value) ? [value] : [];
}

/** The objects of a member: itself, or those in the array that it is. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return isJsonObject(value) ? [value] : [];
}
