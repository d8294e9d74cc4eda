import type { JsonObject } from "./json-object.ts";

/** The operation that ends a contact. It takes no client token and makes nothing. */
export interface StoppingRules {
  readonly kind: "stops-a-contact";
  readonly name: "StopContact";
  contactId(input: JsonObject): string;
  /**
   * The exception for a contact that is not there to be ended, or undefined if that is fine. "Chat and task contacts can be terminated
   * in any state" (API reference, StopContact), so ending one twice is no error; a voice contact must be active.
   */
  refusalFor(contact: { readonly kind: string; readonly open: boolean } | undefined): string | undefined;
}

export const stopContact: StoppingRules = {
  kind: "stops-a-contact",
  name: "StopContact",
  contactId: (input) => String(input["ContactId"]),
  refusalFor: (contact) => {
    if (contact === undefined) return "The contact does not exist";
    return contact.kind === "voice" && !contact.open ? "The contact is not active" : undefined;
  },
};
