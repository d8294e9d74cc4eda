import type * as z from "zod";
import type { StackIdentity } from "../template/stack-identity.ts";
import type { ResourceNames } from "../template/stack-scope.ts";
import { TemplateError } from "../template/template-error.ts";
import type { StackServices } from "./stack-services.ts";

/** A resource type that the local runner knows. */
export interface ResourceType {
  /** CloudFormation's name of it. */
  readonly type: string;
  /** Every property that may be written: those that are acted on, and those without a meaning on one machine. */
  readonly properties: ReadonlySet<string>;
  /** Makes the resource. `properties` are resolved. Rejects with a TemplateError for values that AWS would refuse. */
  create(properties: Readonly<Record<string, unknown>>, place: ResourcePlace): Promise<ResourceNames>;
}

export interface ResourcePlace {
  readonly logicalId: string;
  readonly stack: StackIdentity;
  readonly services: StackServices;
}

/** Unions of two lists, so that a property is either honoured, or named as having no meaning here, or an error. */
interface Definition<Honoured extends z.ZodObject> {
  readonly type: string;
  /** A strict object: a nested member that it does not know is an error too. */
  readonly honoured: Honoured;
  readonly withoutMeaning: readonly string[];
  create(properties: z.output<Honoured>, place: ResourcePlace): ResourceNames | Promise<ResourceNames>;
}

export function resourceType<Honoured extends z.ZodObject>(definition: Definition<Honoured>): ResourceType {
  const { type, honoured, withoutMeaning } = definition;
  return {
    type,
    properties: new Set([...Object.keys(honoured.shape), ...withoutMeaning]),
    async create(properties, place) {
      const meaningful = Object.entries(properties).filter(([name]) => !withoutMeaning.includes(name));
      const parsed = honoured.safeParse(Object.fromEntries(meaningful));
      if (parsed.success) return await definition.create(parsed.data, place);
      throw new TemplateError(
        parsed.error.issues.map((issue) => `property ${issue.path.join(".")}: ${issue.message}`).join("; "),
      );
    },
  };
}
