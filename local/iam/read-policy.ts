import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { arnPattern } from "./arn-pattern.ts";
import { readConditionElement } from "./condition-element.ts";
import { oneOrMore } from "./one-or-more.ts";
import { refusePolicyVariables } from "./policy-variables.ts";
import { readPrincipalElement } from "./principal-element.ts";
import type { Statement } from "./statement.ts";
import { wildcard } from "./wildcard.ts";

/** Where a policy stands: at a role, or at what it is about. The second says whom it means, the first must not. */
export type PolicyPlace = "role" | "resource";

const texts = oneOrMore(z.string());

/** Strict: an element that is passed over (NotPrincipal) could turn a denial into nothing. */
const writtenStatement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.unknown().optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.unknown().optional(),
});

const policyDocument = z.strictObject({
  Version: z.enum(["2008-10-17", "2012-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: oneOrMore(writtenStatement),
});

type WrittenStatement = z.output<typeof writtenStatement>;

/**
 * The statements of a policy document. Throws a TemplateError for whatever IAM would refuse or the runner does not know,
 * so that nothing is allowed or denied by an element that nobody read.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(document: unknown, place: PolicyPlace): readonly Statement[] {
  const parsed = policyDocument.safeParse(document);
  if (!parsed.success) throw new TemplateError(`a policy is not as IAM takes it:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((written, index) => {
    try {
      return readStatement(written, place);
    } catch (cause) {
      if (!(cause instanceof TemplateError)) throw cause;
      throw new TemplateError(`policy statement ${written.Sid ?? index + 1}: ${cause.message}`, { cause });
    }
  });
}

function readStatement(written: WrittenStatement, place: PolicyPlace): Statement {
  const { Effect, Principal, Action, NotAction, Resource, NotResource, Condition } = written;
  if (place === "role" && Principal !== undefined) throw new TemplateError("a role's policy names no Principal.");
  if (place === "resource" && Principal === undefined)
    throw new TemplateError("a policy on a resource names a Principal.");
  if (place === "role" && Resource === undefined && NotResource === undefined)
    throw new TemplateError("a role's policy names a Resource.");
  if (Action === undefined && NotAction === undefined) throw new TemplateError("it names no Action.");

  const actionFits = either(Action, NotAction, (pattern) => wildcard(pattern, "in-any-case"));
  const resourceFits = either(Resource, NotResource, resourcePattern);
  const conditionHolds = readConditionElement(Condition ?? {});
  return {
    effect: Effect,
    means: Principal === undefined ? () => "by-name" : readPrincipalElement(Principal),
    speaksOf: ({ action, resource, context }) =>
      actionFits(action) && resourceFits(resource) && conditionHolds(context),
    written,
  };
}

function resourcePattern(written: string): (arn: string) => boolean {
  if (written === "*" || written.startsWith("arn:")) return arnPattern(written);
  throw new TemplateError(`Resource: ${written} is neither an ARN nor "*".`);
}

/** One of the patterns, or none of the patterns of the Not… element; anything if neither is written. */
function either(
  some: readonly string[] | undefined,
  none: readonly string[] | undefined,
  pattern: (written: string) => (text: string) => boolean,
): (text: string) => boolean {
  if (some !== undefined && none !== undefined) throw new TemplateError("an element and its Not… exclude each other.");
  for (const written of [...(some ?? []), ...(none ?? [])]) refusePolicyVariables(written);
  const patterns = (some ?? none ?? ["*"]).map(pattern);
  const fits = (text: string): boolean => patterns.some((matches) => matches(text));
  return none === undefined ? fits : (text) => !fits(text);
}
