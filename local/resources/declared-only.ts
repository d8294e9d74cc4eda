import type { ResourceNames } from "../template/stack-scope.ts";
import type { ResourcePlace, ResourceType } from "./resource-type.ts";

/** A type that has no effect on one machine. Its references are resolved all the same, so that a wrong one is found. */
export const declaredOnly = (definition: {
  readonly type: string;
  readonly properties: readonly string[];
  /** What Ref and Fn::GetAtt give. */
  names(properties: Readonly<Record<string, unknown>>, place: ResourcePlace): ResourceNames;
}): ResourceType => ({
  type: definition.type,
  properties: new Set(definition.properties),
  create: async (properties, place) => definition.names(properties, place),
});
