import * as z from "zod";
import type { JsonSchema } from "./json-schema.ts";

/** The names of the values, each followed by how many levels it may have. */
export const SYSTEM_VALUE = "SystemSegmentAttributeValue";
export const OWN_VALUE = "SegmentAttributeValue";

const SYSTEM_MEMBERS = ["ValueList", "ValueArn"];

const definition = z.looseObject({ properties: z.record(z.string(), z.looseObject({})) });

const isImpossible = (schema: JsonSchema): boolean => JSON.stringify(schema) === '{"not":{}}';

const withMembers = (value: JsonSchema, isKept: (name: string, schema: JsonSchema) => boolean): JsonSchema => {
  const { properties, ...rest } = definition.parse(value);
  return { ...rest, properties: Object.fromEntries(Object.entries(properties).filter((entry) => isKept(...entry))) };
};

const ownValue = (systemValue: JsonSchema): JsonSchema =>
  definition.parse(
    JSON.parse(
      JSON.stringify(withMembers(systemValue, (name) => !SYSTEM_MEMBERS.includes(name))).replaceAll(
        SYSTEM_VALUE,
        OWN_VALUE,
      ),
    ),
  );

/**
 * The definitions with a second ladder of segment attribute values, for attributes that are not system-defined: the same without
 * the members that these may not have, all the way down. On the last rung, what would be nested deeper is no member.
 */
export const withOwnSegmentAttributeValues = (
  definitions: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(definitions).flatMap(([name, schema]) => {
      if (!name.startsWith(SYSTEM_VALUE)) return [[name, schema] as const];
      const systemValue = withMembers(schema, (_name, member) => !isImpossible(member));
      return [
        [name, systemValue],
        [name.replace(SYSTEM_VALUE, OWN_VALUE), ownValue(systemValue)],
      ] as const;
    }),
  );
