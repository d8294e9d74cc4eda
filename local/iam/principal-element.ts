import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { oneOrMore } from "./one-or-more.ts";
import type { Principal } from "./principal.ts";

/**
 * How a statement means somebody: by name; as one of an account's principals, which leaves it to the account's own
 * policies whom of them it lets in; or not at all.
 */
export type Meant = "by-name" | "by-account" | "not";

const principalElement = z.union([
  z.literal("*").transform((everybody): { AWS: string[]; Service: string[] } => ({ AWS: [everybody], Service: [] })),
  z
    .strictObject({
      AWS: oneOrMore(z.string()).default([]),
      Service: oneOrMore(z.string()).default([]),
      // Nobody on one machine signs in with these.
      Federated: oneOrMore(z.string()).optional(),
      CanonicalUser: oneOrMore(z.string()).optional(),
    })
    .transform(({ AWS, Service }) => ({ AWS, Service })),
]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function readPrincipalElement(element: unknown): (principal: Principal) => Meant {
  const parsed = principalElement.safeParse(element);
  if (!parsed.success) {
    throw new TemplateError(
      `Principal: ${JSON.stringify(element)} is no "*" and no list of AWS or Service principals.`,
    );
  }
  const { AWS, Service } = parsed.data;
  for (const arn of AWS) refuseWildcard(arn);
  return (principal) => {
    if (AWS.includes("*")) return "by-name";
    if (principal.kind === "service") return Service.includes(principal.name) ? "by-name" : "not";
    if (AWS.includes(principal.roleArn) || AWS.includes(principal.sessionArn)) return "by-name";
    return AWS.some((arn) => accountOf(arn) === principal.accountId) ? "by-account" : "not";
  };
}

function refuseWildcard(arn: string): void {
  if (arn === "*" || !/[*?]/.test(arn)) return;
  throw new TemplateError(
    `Principal: ${arn} has a wildcard in it, which AWS refuses. Name the principal, or write "*".`,
  );
}

/** An account is named by its number, or by the ARN of its root. */
const accountOf = (arn: string): string | undefined => /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(arn)?.[1];
