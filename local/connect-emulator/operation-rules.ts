import type { ContactKind } from "./contact-kind.ts";
import type { JsonObject } from "./json-object.ts";
import type { OperationName } from "./operation-name.ts";

/** What is special to an operation that starts a contact. All else follows from the API model. */
export interface StartingRules {
  readonly kind: "starts-a-contact";
  readonly name: Exclude<OperationName, "StopContact">;
  /** What it answers to a token that it will not take again: the one of the two that its model declares. */
  readonly tokenConflict: "IdempotencyException" | "ConflictException";
  /** What it answers when too many contacts are open. */
  readonly overCap: "ServiceQuotaExceededException" | "LimitExceededException";
  /** The first rule that stands only in Connect's prose and that this input breaks, as a sentence. */
  brokenRule(input: JsonObject): string | undefined;
  contactKind(input: JsonObject): ContactKind;
  /** "ended" for a contact that is over as soon as it is made and takes no place among the open ones. */
  stateAtStart(input: JsonObject): "open" | "ended";
  /** The contact that it goes on with, where it does not make one of its own. */
  continues(input: JsonObject): string | undefined;
  /** The members of the answer. */
  answer(contact: { readonly contactId: string; readonly contactArn: string }): JsonObject;
}
