import { type LegibleIdentity, NOTHING_LEGIBLE } from "../contract/legible-identity.ts";
import type { Failure } from "../failures/failure.ts";

/** A message that can never become a contact as it is, and what could be read of it. */
export interface Refusal {
  readonly failure: Failure;
  readonly identity: LegibleIdentity;
  /** Under other settings of the deployment the same message may have been accepted. */
  readonly dependsOnSettings?: boolean;
}

/** The refusal of what a message is wrapped in. `message`: a sentence that names the rule and never the value. */
export const invalidEnvelope = (code: string, message: string, identity = NOTHING_LEGIBLE): Refusal => ({
  failure: { code, kind: "invalid", message },
  identity,
});
