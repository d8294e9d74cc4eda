import * as z from "zod";
import { isObject } from "../is-object.ts";
import { type Refuse, rule } from "../rule.ts";
import { mapOf } from "./map-of.ts";
import { segmentAttributeName } from "./segment-attribute-name.ts";
import { MAX_LEVELS, segmentAttributeValue } from "./segment-attribute-value.ts";

type Path = readonly PropertyKey[];

const isSystemDefined = (name: string): boolean => name.startsWith("connect:");

/** The values that stand inside another one. */
const valuesBelow = (value: Record<string, unknown>): readonly (readonly [Path, unknown])[] => {
  const map = isObject(value["ValueMap"]) ? Object.entries(value["ValueMap"]) : [];
  const list = Array.isArray(value["ValueList"]) ? [...value["ValueList"].entries()] : [];
  return [
    ...map.map(([key, below]) => [["ValueMap", key], below] as const),
    ...list.map(([index, below]) => [["ValueList", index], below] as const),
  ];
};

const refuseSystemMembers = (value: unknown, path: Path, refuse: Refuse): void => {
  // Below the last level stands what the schema has refused: it may be nested without end.
  if (!isObject(value) || path.length > 2 * MAX_LEVELS) return;
  for (const member of ["ValueList", "ValueArn"]) {
    if (value[member] === undefined) continue;
    refuse([...path, member], "not-allowed", "is only for system-defined attributes, whose keys begin with connect:");
  }
  for (const [step, below] of valuesBelow(value)) refuseSystemMembers(below, [...path, ...step], refuse);
};

const systemMembersStandInSystemAttributes = rule(z.record(z.string(), z.unknown()), (entries, refuse) => {
  for (const [name, value] of Object.entries(entries)) {
    if (!isSystemDefined(name)) refuseSystemMembers(value, [name], refuse);
  }
});

const EXPIRY = "connect:ContactExpiry";

const expiryInMinutes = z.object({
  ValueMap: z.object({ ExpiryDuration: z.object({ ValueInteger: z.number() }) }),
});

const expiryIsGivenInMinutes = rule(z.record(z.string(), z.unknown()), (entries, refuse) => {
  if (!Object.hasOwn(entries, EXPIRY) || expiryInMinutes.safeParse(entries[EXPIRY]).success) return;
  refuse([EXPIRY], "required", "must give the minutes as ValueInteger of the entry ExpiryDuration in a ValueMap");
});

/** Attributes of one contact segment, which the system or the deployment defines. */
export const segmentAttributes = mapOf(segmentAttributeName, segmentAttributeValue).check(
  systemMembersStandInSystemAttributes,
  expiryIsGivenInMinutes,
);
