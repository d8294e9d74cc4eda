import type { SettledStanding } from "../ledger/standing.ts";
import type { Disposition } from "./disposition.ts";
import type { StartedContact } from "./started-contact.ts";

/** What a step of a delivery led to. */
export type StepEnd =
  /** Its contact exists, and the ledger knows it. */
  | { readonly kind: "contact"; readonly contact: StartedContact }
  /** Another delivery has gone on with the request: it stands so. */
  | { readonly kind: "stands"; readonly standing: SettledStanding }
  /** The message's fate is known. */
  | { readonly kind: "settled"; readonly disposition: Disposition };

export const settled = (disposition: Disposition): StepEnd => ({ kind: "settled", disposition });
