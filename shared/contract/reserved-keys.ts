import * as z from "zod";
import { isObject } from "./is-object.ts";
import type { Place } from "./place.ts";

/**
 * JSON may hold a key `__proto__`, and AWS's patterns allow it. In JavaScript an assignment to that name changes an object's
 * prototype and no member: zod drops the key, and so may any code behind it. What might be lost is refused.
 */
const RESERVED = "__proto__";

/** Whether the key stands anywhere in a value: most requests need no closer look. Without recursion: nesting has no limit yet. */
const holdsReserved = (value: unknown): boolean => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    if (Object.hasOwn(next, RESERVED)) return true;
    for (const below of Object.values(next)) waiting.push(below);
  }
  return false;
};

const stepsBelow = ({ schema, value }: Place): readonly PropertyKey[] => {
  if (schema instanceof z.ZodArray && Array.isArray(value)) return [...value.keys()];
  if (!isObject(value)) return [];
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape).filter((name) => Object.hasOwn(value, name));
  // A map of texts has nothing below it.
  if (schema instanceof z.ZodRecord && !(schema.valueType instanceof z.ZodString)) return Object.keys(value);
  return [];
};

/**
 * The entries of maps, at any depth that the contract knows, whose key JavaScript reserves. As an unknown member of a structure
 * the name is found by the schema itself.
 */
export const reservedKeys = (root: Place): readonly Place[] => (holdsReserved(root.value) ? reservedBelow(root) : []);

const reservedBelow = (place: Place): readonly Place[] => {
  const here =
    place.schema instanceof z.ZodRecord && isObject(place.value) && Object.hasOwn(place.value, RESERVED)
      ? [place.below(RESERVED)]
      : [];
  return [...here, ...stepsBelow(place).flatMap((step) => reservedBelow(place.below(step)))];
};
