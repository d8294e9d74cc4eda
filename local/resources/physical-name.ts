import { generatedName } from "../template/stack-identity.ts";
import type { ResourcePlace } from "./resource-type.ts";

/** The name that the template gives, or one made from the stack's and the resource's. */
export const physicalName = (given: unknown, { stack, logicalId }: ResourcePlace): string =>
  typeof given === "string" ? given : generatedName(stack, logicalId, 63);
