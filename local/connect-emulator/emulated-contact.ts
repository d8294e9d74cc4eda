import type { ContactKind } from "./contact-kind.ts";
import type { JsonObject } from "./json-object.ts";
import type { OperationName } from "./operation-name.ts";

/** One effect of a call: a contact that was made, or, with StartOutboundEmailContact, the e-mail that was sent on one. */
export interface EmulatedContact {
  readonly operation: Exclude<OperationName, "StopContact">;
  readonly instanceId: string;
  readonly contactId: string;
  readonly kind: ContactKind;
  readonly clientToken: string | null;
  /** The request as Connect understood it: without the members that its API model does not know. */
  readonly input: JsonObject;
  /** When it was made, ISO 8601, by the emulator's clock. */
  readonly at: string;
  /** How many calls asked for it under the same token and content and were answered with it: 1 and the repeats. */
  readonly timesAsked: number;
  readonly open: boolean;
}
