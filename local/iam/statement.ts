import type { Access } from "./access.ts";
import type { Principal } from "./principal.ts";
import type { Meant } from "./principal-element.ts";

/** One statement of a policy, ready to be asked. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** Whom a policy on a resource means. Statements of a role's policies have no such element: they mean the role. */
  readonly means: (principal: Principal) => Meant;
  /** Whether it speaks of this action on this resource in this context. */
  readonly speaksOf: (access: Access) => boolean;
  /** As it stands in the policy. */
  readonly written: Readonly<Record<string, unknown>>;
}
