import * as z from "zod";
import { printed } from "./printed.ts";

const statementSchema = z.object({
  Effect: z.string(),
  Action: z.unknown().optional(),
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** One statement of a policy, its lists always lists of text. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `AWS:…`, `Service:…`, or `*`; empty in the policy of an identity. */
  readonly principals: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy document. Fails on `NotAction`, `NotResource` and `NotPrincipal`: nobody should write them. */
export function policyStatements(policyDocument: unknown): readonly Statement[] {
  const { Statement } = z.object({ Statement: z.array(z.unknown()) }).parse(policyDocument);
  if (JSON.stringify(Statement).includes('"Not')) throw new Error("A policy allows everything but something.");
  return Statement.map((statement) => {
    const { Effect, Action, Resource, Principal, Condition } = statementSchema.parse(statement);
    return {
      effect: Effect,
      actions: listOf(Action),
      resources: listOf(Resource),
      principals: principals(Principal),
      condition: Condition,
    };
  });
}

function principals(principal: unknown): readonly string[] {
  if (typeof principal !== "object" || principal === null) return listOf(principal);
  return Object.entries(principal).flatMap(([kind, names]) => listOf(names).map((name) => `${kind}:${name}`));
}

/** IAM takes one text as well as a list of them. */
function listOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((each) => printed(each)) : [printed(value)];
}
