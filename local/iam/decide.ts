import type { Access } from "./access.ts";
import type { Principal } from "./principal.ts";
import type { Meant } from "./principal-element.ts";
import type { Statement } from "./statement.ts";

/** Where the policies of the account are found. */
export interface Policies {
  /** Whose account this is: everything in it is its own. */
  readonly accountId: string;
  readonly ofRole: (roleName: string) => readonly Statement[];
  /** Those that stand at the resource, or at what it is a part of: an object's are its bucket's. */
  readonly ofResource: (arn: string) => readonly Statement[];
}

export interface Asked {
  readonly principal: Principal;
  readonly access: Access;
}

/** `why` ends AWS's sentence: `because no identity-based policy allows the sqs:SendMessage action`. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

const ALLOWED: Decision = { allowed: true };

/**
 * An explicit denial first; then a statement that lets the principal in, of its role or of the resource. For a KMS key
 * the role's statements count only if the key's own policy leaves it to the account. A role of another account needs both
 * its own account's word and the resource's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide({ principal, access }: Asked, policies: Policies): Decision {
  const ofRole = principal.kind === "role" ? speaking(policies.ofRole(principal.roleName), access) : [];
  const ofResource = speaking(policies.ofResource(access.resource), access);
  if (ofRole.some(isDenial)) return denied("with an explicit deny in an identity-based policy");
  if (ofResource.some((statement) => isDenial(statement) && statement.means(principal) !== "not")) {
    return denied("with an explicit deny in a resource-based policy");
  }

  const lets = (meant: Meant): boolean =>
    ofResource.some((statement) => !isDenial(statement) && statement.means(principal) === meant);
  if (principal.kind === "service") return lets("by-name") ? ALLOWED : nobodyAllows("resource", access);
  const isAtHome = principal.accountId === policies.accountId;
  if (lets("by-name") && (isAtHome || ofRole.length > 0)) return ALLOWED;
  if (ofRole.length === 0) return nobodyAllows("identity", access);
  const roleIsEnough = isAtHome && !access.action.startsWith("kms:");
  return roleIsEnough || lets("by-account") ? ALLOWED : nobodyAllows("resource", access);
}

const speaking = (statements: readonly Statement[], access: Access): readonly Statement[] =>
  statements.filter(({ speaksOf }) => speaksOf(access));

const isDenial = ({ effect }: Statement): boolean => effect === "Deny";

const denied = (why: string): Decision => ({ allowed: false, why });

const nobodyAllows = (kind: "identity" | "resource", { action }: Access): Decision =>
  denied(`because no ${kind}-based policy allows the ${action} action`);
