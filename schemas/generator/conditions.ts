import type { JsonSchema } from "./json-schema.ts";

type Values = string | readonly string[];

const oneOf = (values: Values): JsonSchema => (typeof values === "string" ? { const: values } : { enum: [...values] });

/** That members are there and hold one of these values. */
export const saying = (members: Readonly<Record<string, Values>>): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(Object.entries(members).map(([name, values]) => [name, oneOf(values)])),
  required: Object.keys(members),
});

/** That members, where they are there, are as these schemas say; `false` forbids a member. */
export const having = (properties: Readonly<Record<string, JsonSchema | boolean>>): JsonSchema => ({
  type: "object",
  properties: { ...properties },
});

/** That members are there and are as these schemas say; `true` asks for no more than that. */
export const holding = (properties: Readonly<Record<string, JsonSchema | boolean>>): JsonSchema => ({
  ...having(properties),
  required: Object.keys(properties),
});

/** A rule of several: where the first schema is fulfilled, the second must be as well, and elsewhere the third. */
export const when = (condition: JsonSchema, consequence: JsonSchema, otherwise?: JsonSchema): JsonSchema => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema, and nobody awaits a schema.
  then: consequence,
  ...(otherwise !== undefined && { else: otherwise }),
});
