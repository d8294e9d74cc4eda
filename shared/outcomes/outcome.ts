import type { ContactRequestFailed } from "./contact-request-failed.ts";
import type { ContactStarted } from "./contact-started.ts";

/** What became of a contact request, as it is told to upstreams. Nothing of the request's input is in it. */
export type Outcome =
  | { readonly detailType: "Contact Started"; readonly detail: ContactStarted }
  | { readonly detailType: "Contact Request Failed"; readonly detail: ContactRequestFailed };
